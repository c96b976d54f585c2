using System.Text;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Twiml.Tests.Reading;

public sealed class TwimlReaderTests
{
    [Theory]
    [InlineData("text/xml")]
    [InlineData("application/xml; charset=utf-8")]
    [InlineData("TEXT/HTML;charset=UTF-8")]
    public void Xml_and_html_are_twiml(string contentType)
    {
        Read(contentType, "<Response/>").Should().BeOfType<TwimlReading.Document>();
    }

    [Fact]
    public void A_document_that_comes_again_between_others_is_read_as_before()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 20; i++)
            {
                var of = Read("text/xml", $"<Response><Say>{i % 12}</Say></Response>").Should().BeOfType<TwimlReading.Document>().Subject;
                of.Root.Children.OfType<TwimlElement>().Single().Children.OfType<TwimlText>().Single().Text.Should().Be($"{i % 12}");
            }
        }
    }

    [Fact]
    public void Plain_text_stays_text() =>
        Read("text/plain", "Hello").Should().Be(new TwimlReading.PlainText("Hello"));

    [Fact]
    public void Audio_names_its_type() => Read("audio/MPEG", "ID3").Should().Be(new TwimlReading.Audio("audio/mpeg"));

    [Fact]
    public void An_unknown_type_is_12300() => Fault(Read("application/json", "{}")).Code.Should().Be(12300);

    [Theory]
    [InlineData("application/json", "{\"status\":\"ok\"}", "; answer TwiML as text/xml, or nothing (204)")]
    [InlineData(
        "application/json", "\"<?xml version=\\\"1.0\\\"?><Response/>\"",
        "; the TwiML stands in a JSON string: answer its text itself, as text/xml")]
    [InlineData(
        "application/json", "\"\\u003c?xml version=\\\"1.0\\\"?>\"",
        "; the TwiML stands in a JSON string: answer its text itself, as text/xml")]
    [InlineData("image/png", "PNG", "audio")]
    public void Of_json_is_told_how_a_document_is_answered(string type, string body, string ending) =>
        Fault(Read(type, body)).Message.Should().EndWith(ending);

    [Theory]
    [InlineData("<Response><Message>fish & chips</Message></Response>", "(an & in a text is written &amp;)")]
    [InlineData("<Response><Redirect>/next?a=1&b=2</Redirect></Response>", "(an & in a text is written &amp;)")]
    [InlineData("<Response><Gather action='/next?a=1&b=2'/></Response>", "(an & in a text is written &amp;)")]
    [InlineData("<Response><Message>1 < 2</Message></Response>", "(a < in a text is written &lt;)")]
    public void What_was_not_escaped_is_told_how_it_is_written(string body, string cure) =>
        Fault(Read("text/xml", body)).Message.Should().EndWith(cure);

    [Theory]
    [InlineData("text/xml", "<?xml version=\"1.0\" encoding=\"utf-16\"?><Response/>", "utf-16")]
    [InlineData("application/xml", "<?xml version='1.0' encoding='UTF-32'?><Response/>", "UTF-32")]
    [InlineData("text/xml; charset=utf-16", "<Response/>", "utf-16")]
    public void An_encoding_that_is_only_claimed_is_named(string type, string body, string claimed)
    {
        var fault = Fault(Read(type, body));
        fault.Code.Should().Be(12100);
        fault.Message.Should().Be($"the document says that it is {claimed}, and its bytes are not: declare utf-8, as it is sent");
    }

    [Fact]
    public void A_charset_of_the_type_outranks_what_the_declaration_claims() =>
        Read("text/xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"utf-16\"?><Response/>")
            .Should().BeOfType<TwimlReading.Document>();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_document_that_is_utf_16_is_read(bool hasMark)
    {
        var text = "<?xml version=\"1.0\" encoding=\"utf-16\"?><Response><Message>ä</Message></Response>";
        byte[] body = [.. hasMark ? Encoding.Unicode.GetPreamble() : [], .. Encoding.Unicode.GetBytes(text)];
        TwimlReader.Read("text/xml; charset=utf-16", body).Should().BeOfType<TwimlReading.Document>();
    }

    [Fact]
    public void No_type_is_11200() => Fault(Read(null, "<Response/>")).Code.Should().Be(11200);

    [Fact]
    public void No_body_is_empty_whatever_the_type() => Read("application/json", "").Should().BeOfType<TwimlReading.Empty>();

    [Theory]
    [InlineData(TwimlReader.MaxByteCount, false)]
    [InlineData(TwimlReader.MaxByteCount + 1, true)]
    public void A_body_over_64_kB_is_11750(int byteCount, bool isTooLong)
    {
        var document = "<Response>".PadRight(byteCount - 11) + "</Response>";
        (Read("text/xml", document) is TwimlReading.Faulty { Code: 11750 }).Should().Be(isTooLong);
    }

    [Fact]
    public void A_byte_order_mark_before_the_declaration_and_blanks_before_the_root_are_tolerated()
    {
        Root("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response/>").Name.Should().Be("Response");
        var say = Root("\uFEFF\n\r\n  \n<Response><Say>Hi</Say></Response>").Elements.Single();
        (say.Line, say.Column).Should().Be((4, 12), "places count from the body as sent");
    }

    [Theory]
    [InlineData("\n<?xml version='1.0'?><Response/>")]
    [InlineData(" <?xml version='1.0'?><Response/>")]
    [InlineData("\uFEFF\n<?xml version='1.0'?><Response/>")]
    [InlineData("<?xml version='1.0'?><?xml version='1.0'?><Response/>")]
    [InlineData("OK <?xml version='1.0'?><Response/>")]
    [InlineData("OK <Response/>")]
    [InlineData("<Response/> OK")]
    [InlineData("<?xml version='1.0'?>OK<Response/>")]
    public void What_stands_before_the_declaration_or_around_the_root_is_12100(string body) =>
        Fault(Read("text/xml", body)).Code.Should().Be(12100);

    [Theory]
    [InlineData("OK", true)]
    [InlineData(" Created\n", true)]
    [InlineData("OK <Response/>", false)]
    [InlineData("  ", false)]
    public void Words_alone_are_known_as_such(string body, bool isWords) => Fault(Read("text/xml", body)).IsWordsAlone.Should().Be(isWords);

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html><body>Log in</body></html>", 12100, "<!DOCTYPE html> <html><body>Log in</body></html>")]
    [InlineData("<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><p>", 12100, "<!doctype HTML")]
    [InlineData("<html lang='en'><body/></html>", 12102, "<html lang='en'>")]
    public void An_html_page_is_called_one_and_its_beginning_is_shown(string body, int code, string shown)
    {
        var fault = Fault(Read("text/html", body));
        fault.Code.Should().Be(code);
        fault.Message.Should().StartWith("the app answered an HTML page (a login or error page?), not TwiML: `" + shown);
    }

    [Theory]
    [InlineData("<!doctype html><html><head><TITLE lang='en'>Sign\n  in</TITLE></head>", "`, titled \"Sign in\"")]
    [InlineData("<!doctype html><title>never ended", "`")]
    [InlineData("<!doctype html><title", "`")]
    [InlineData("<!doctype html><p>no title</p>", "`")]
    public void An_html_page_is_told_by_its_title(string body, string ending) =>
        Fault(Read("text/html", body)).Message.Should().EndWith(ending);

    [Fact]
    public void A_fault_of_the_xml_is_12100_with_its_place()
    {
        var fault = Fault(Read("text/xml", "\n<Response>\n  <Say>Hi</Sya>\n</Response>"));
        (fault.Code, fault.Line).Should().Be((12100, 3));
        fault.Column.Should().BeGreaterThan(1);
    }

    [Fact]
    public void Another_root_is_12102() => Fault(Read("text/xml", "<response/>")).Code.Should().Be(12102);

    [Fact]
    public void An_unknown_version_is_12101() => Fault(Read("text/xml", "<Response version='1'/>")).Code.Should().Be(12101);

    [Theory]
    [InlineData("<!DOCTYPE Response [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><Response>&b;</Response>", 1, 1)]
    [InlineData("<?xml version='1.0'?>\n<!-- no <!DOCTYPE yet -->\n  <!DOCTYPE Response SYSTEM 'http://app/x.dtd'><Response/>", 3, 3)]
    [InlineData("\n <!----><?pi?><!DOCTYPE Response><Response/>", 2, 15)]
    public void A_document_type_is_refused_where_it_stands(string body, int line, int column)
    {
        var fault = Fault(Read("text/xml", body));
        (fault.Code, fault.Line, fault.Column).Should().Be((12100, line, column));
        fault.Message.Should().EndWith("a document type declaration (<!DOCTYPE>) is not taken");
    }

    [Theory]
    [InlineData("<!-- <!DOCTYPE x> --><Response><Say>&lt;!DOCTYPE&gt;</Say></Response>")]
    [InlineData("<?pi <!DOCTYPE x> ?><Response><Say><![CDATA[<!DOCTYPE>]]></Say></Response>")]
    public void Words_like_a_document_type_are_none(string body) => Root(body).Name.Should().Be("Response");

    [Fact]
    public void What_a_document_is_full_of_is_told_fifty_times_and_counted()
    {
        var say = Root(
            "<Response><Say "
                + $"{string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"a{i}=\"x\""))}>Hi</Say></Response>").Elements.Single();
        var told = TwimlWarning.ToTell([.. TwimlWarning.UnknownAttributes(say, new HashSet<string>())]).ToList();
        told.Should().HaveCount(51);
        told[^1].Told.Should().StartWith("4950 more of the document are not told one by one (line 1, ");
    }

    [Fact]
    public void A_long_value_is_told_by_its_beginning()
    {
        var pause = Root($"<Response><Pause length=\"{new string('9', 60_000)}\"/></Response>").Elements.Single();
        TwimlWarning.BadValue(13910, pause, "length", "whole number from 1").Message.Length.Should().BeLessThan(200);
    }

    [Fact]
    public void Endless_nesting_is_12100()
    {
        var deep = "<Response>" + string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(
            Enumerable.Repeat("</a>", 5000)) + "</Response>";
        Fault(Read("text/xml", deep)).Code.Should().Be(12100);
    }

    [Fact]
    public void Blank_is_12100() => Fault(Read("text/xml", " \n ")).Code.Should().Be(12100);

    [Fact]
    public void Mixed_content_and_attributes_keep_their_order()
    {
        var say = Root(
            "<Response><Say voice='man' xml:lang='de'>one <!-- no --><break/> two &amp; "
                + "<![CDATA[<3>]]></Say></Response>").Elements.Single();
        say.Attributes.Select(a => a.Name).Should().Equal("voice", "xml:lang");
        say.Children.Select(c => c is TwimlText t ? t.Text : ((TwimlElement)c).Name).Should().Equal("one ", "break", " two & ", "<3>");
        say.Text.Should().Be("one  two & <3>");
    }

    [Fact]
    public void The_charset_rules_over_the_declaration()
    {
        var bytes = Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='UTF-8'?><Response><Say>Grüße</Say></Response>");
        var root = ((TwimlReading.Document)TwimlReader.Read("text/xml; charset=ISO-8859-1", bytes)).Root;
        root.Elements.Single().Text.Should().Be("Grüße");
    }

    [Fact]
    public void The_declaration_rules_without_a_charset()
    {
        var bytes = Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='iso-8859-1'?><Response><Say>Grüße</Say></Response>");
        ((TwimlReading.Document)TwimlReader.Read("text/xml", bytes)).Root.Elements.Single().Text.Should().Be("Grüße");
    }

    private static TwimlReading Read(string? contentType, string body) => TwimlReader.Read(contentType, Encoding.UTF8.GetBytes(body));

    private static TwimlElement Root(string body) => Read("text/xml", body).Should().BeOfType<TwimlReading.Document>().Which.Root;

    private static TwimlReading.Faulty Fault(TwimlReading reading) => reading.Should().BeOfType<TwimlReading.Faulty>().Which;
}
