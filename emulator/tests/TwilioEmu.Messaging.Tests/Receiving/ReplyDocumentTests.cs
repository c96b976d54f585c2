using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Messaging.Tests.Receiving;

public sealed class ReplyDocumentTests
{
    [Fact]
    public void A_message_takes_its_text_bodies_and_media()
    {
        var (verbs, warnings) = Read(
            "<Response><Message to='+14155550199'><Body>Hello</Body><Body> there</Body><Media>http://x/1.png</Media></Message></Response>");
        var message = verbs.Should().ContainSingle().Which.Should().BeOfType<ReplyVerb.Message>().Subject;
        (message.Body, message.To, message.Method).Should().Be(("Hello there", "+14155550199", "POST"));
        message.MediaUrls.Should().Equal("http://x/1.png");
        warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("<Response><Say>Hi</Say></Response>", 12200)]
    [InlineData("<Response><message>Hi</message></Response>", 12200)]
    [InlineData("<Response><Message colour='red'>Hi</Message></Response>", 12200)]
    [InlineData("<Response><Message><Video/>Hi</Message></Response>", 12200)]
    [InlineData("<Response>Hi</Response>", 12200)]
    [InlineData("<Response><Message method='PUT'>Hi</Message></Response>", 14104)]
    public void What_does_not_belong_is_a_warning_with_its_code(string document, int code) =>
        Read(document).Warnings.Should().ContainSingle().Which.Code.Should().Be(code);

    [Fact]
    public void The_eleventh_message_is_passed_over()
    {
        var (verbs, warnings) = Read("<Response>" + string.Concat(Enumerable.Repeat("<Message>x</Message>", 11)) + "</Response>");
        verbs.Should().HaveCount(10);
        warnings.Should().ContainSingle().Which.Code.Should().Be(14109);
    }

    private static (IReadOnlyList<ReplyVerb> Verbs, IReadOnlyList<TwimlWarning> Warnings) Read(string document)
    {
        var (verbs, warnings) = ReplyDocument.Read(((TwimlReading.Document)TwimlReader.ReadText(document)).Root);
        return (verbs, warnings);
    }
}
