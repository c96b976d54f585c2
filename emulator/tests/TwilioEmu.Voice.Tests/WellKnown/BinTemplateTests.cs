using TwilioEmu.Voice.WellKnown;

namespace TwilioEmu.Voice.Tests.WellKnown;

public sealed class BinTemplateTests
{
    [Theory]
    [InlineData("<Sip>{{To}}</Sip>", "<Sip>sip:+14155550100@name.sip.twilio.com</Sip>", "a parameter")]
    [InlineData("<Sip>{{ To }}</Sip>", "<Sip>sip:+14155550100@name.sip.twilio.com</Sip>", "spaces around a name do not count")]
    [InlineData("{{#e164}}{{To}}{{/e164}}", "+14155550100", "the number within a SIP URI")]
    [InlineData("{{#e164}}{{Body}}{{/e164}}", "", "what has no number is nothing")]
    [InlineData("<Say>{{Body}}</Say>", "<Say>Tom &amp; &lt;Jerry&gt;</Say>", "values are escaped")]
    [InlineData("{{{Body}}} {{& Body}}", "Tom & <Jerry> Tom & <Jerry>", "but where they are wanted as they are")]
    [InlineData(
        "{{#Dest}}<Number>{{.}}</Number>{{/Dest}}", "<Number>+1</Number><Number>+2</Number>", "a section stands once for each value")]
    [InlineData("{{#Nobody}}a{{/Nobody}}{{^Nobody}}b{{/Nobody}}", "b", "an inverted one where there is none")]
    [InlineData("{{#Empty}}a{{/Empty}}{{^Empty}}b{{/Empty}}", "b", "an empty value is none")]
    [InlineData("a{{! a remark }}b{{Nobody}}c", "abc", "remarks and what is not there are empty")]
    [InlineData("{{#Body}}{{#Dest}}{{.}}{{/Dest}}{{/Body}}", "+1+2", "sections stand within each other")]
    public void A_bin_is_filled_with_the_requests_parameters(string text, string expected, string why)
    {
        BinTemplate.TryRead(text, out var template, out var wrong).Should().BeTrue(wrong);
        template.Render(
        [
            new("To", "sip:+14155550100@name.sip.twilio.com"), new("Body", "Tom & <Jerry>"), new("Dest[]", "+1"), new("Dest[]", "+2"),
            new("Empty", ""),
        ]).Should().Be(expected, why);
    }

    [Theory]
    [InlineData("{{To")]
    [InlineData("{{#To}}a")]
    [InlineData("a{{/To}}")]
    [InlineData("{{#A}}{{#B}}{{/A}}{{/B}}")]
    [InlineData("{{{To}}")]
    public void What_is_not_closed_cannot_be_read(string text) => BinTemplate.TryRead(text, out _, out _).Should().BeFalse();
}
