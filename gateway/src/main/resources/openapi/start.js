SwaggerUIBundle({ url: "/openapi.yml", dom_id: "#api" });
