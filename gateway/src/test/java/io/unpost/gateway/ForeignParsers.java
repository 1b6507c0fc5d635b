package io.unpost.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.json.JsonMapper;
import java.beans.XMLDecoder;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.helpers.DefaultHandler;
import org.yaml.snakeyaml.Yaml;

/// Code that reads documents on its own, each in one way. None of it may stand in the gateway.
final class ForeignParsers {

    private ForeignParsers() {}

    static final class TakesAMapper {
        Object mapper() {
            return new ObjectMapper();
        }
    }

    static final class TakesTheFrameworksMapper {
        Object mapper() {
            return JsonMapper.createDefault();
        }
    }

    static final class IsGivenTheFrameworksOtherMapper {
        Object mapper(io.micronaut.serde.ObjectMapper mapper) {
            return mapper;
        }
    }

    /// Never names the parser it makes.
    static final class ParsesWithTheFactoryOfWriters {
        Object parser() throws Exception {
            return new JsonFactory().createParser("{}");
        }
    }

    static final class ParsesXmlByJackson {
        Object parser() {
            return new XmlFactory();
        }
    }

    static final class ParsesXmlByTheJdk {
        Object parser() {
            return XMLInputFactory.newDefaultFactory();
        }
    }

    static final class BuildsADom {
        Object parser() throws Exception {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder();
        }
    }

    static final class ReadsADom {
        Object parser(Document document) {
            return document.getDocumentElement();
        }
    }

    static final class HandlesSax extends DefaultHandler {}

    static final class Transforms {
        Object parser() {
            return TransformerFactory.newInstance();
        }
    }

    static final class AsksByXPath {
        Object parser() {
            return XPathFactory.newInstance();
        }
    }

    static final class LoadsYaml {
        Object document() {
            return new Yaml().load(new StringReader("{}"));
        }
    }

    static final class ReadsAToken {
        Object token() throws Exception {
            return SignedJWT.parse("");
        }
    }

    static final class DecodesBeans {
        Object document(InputStream in) {
            return new XMLDecoder(in).readObject();
        }
    }

    static final class Deserialises {
        Object document(InputStream in) throws Exception {
            return new ObjectInputStream(in).readObject();
        }
    }
}
