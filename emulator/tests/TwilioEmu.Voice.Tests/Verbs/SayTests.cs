using TwilioEmu.Media.Prompts;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Verbs;

namespace TwilioEmu.Voice.Tests.Verbs;

public sealed class SayTests
{
    [Theory]
    [InlineData("Hello\n   there", "Hello there")]
    [InlineData("Call <say-as interpret-as='telephone'>911</say-as> now", "Call 911 now")]
    [InlineData("the <sub alias='World Wide Web'>WWW</sub>", "the World Wide Web")]
    [InlineData("<p>One</p><p><s>Two</s><s>Three</s></p>", "One Two Three")]
    [InlineData("<prosody rate='slow'>a <emphasis>b</emphasis></prosody> c", "a b c")]
    public void Words_are_taken_out_of_SSML(string body, string words) => Read(body).Say!.Words.Should().Be(words);

    [Theory]
    [InlineData("<break time='500ms'/>", 500)]
    [InlineData("<break time='1.5s'/>", 1500)]
    [InlineData("<break time='60s'/>", 10_000)]
    [InlineData("<break strength='x-strong'/>", 800)]
    [InlineData("<break/>", 200)]
    [InlineData("<break time='soon'/>", 200)]
    public void Breaks_are_silence(string pause, int milliseconds) =>
        Read($"one {pause} two").Say!.Duration.Should().Be(SpeechPace.DurationOf("one two") + TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData("<Say></Say>", 13520)]
    [InlineData("<Say><break/></Say>", 13520)]
    [InlineData("<Say loop='-1'>Hi</Say>", 13510)]
    [InlineData("<Say voice='Donald'>Hi</Say>", 13511)]
    [InlineData("<Say language='english'>Hi</Say>", 13512)]
    [InlineData("<Say><blink>Hi</blink></Say>", 12200)]
    public void Bad_input_is_a_warning(string xml, int code) => Warnings(xml).Should().Equal(code);

    [Theory]
    [InlineData("<Say voice='Polly.Joanna-Neural' language='en-US'>Hi</Say>")]
    [InlineData("<Say voice='Google.en-US-Standard-A' language='cmn-Hans-CN'>Hi</Say>")]
    [InlineData("<Say voice='alice' language='en-GB'>Hi</Say>")]
    public void Known_voices_and_languages_are_taken(string xml) => Warnings(xml).Should().BeEmpty();

    [Theory]
    [InlineData("man", 4096, true)]
    [InlineData("man", 4097, false)]
    [InlineData("Polly.Amy", 3000, true)]
    [InlineData("Polly.Amy", 3001, false)]
    public void Text_may_be_so_long(string voice, int length, bool isSpoken)
    {
        var (say, warnings) = Read(new string('x', length), $"voice='{voice}'");
        (say is not null).Should().Be(isSpoken);
        warnings.Should().Equal(isSpoken ? [] : [13521]);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(3, 3)]
    [InlineData(5000, 1000)]
    public void For_ever_is_a_thousand_times(int loop, int times) => Say.Times(loop).Should().Be(times);

    private static (Say? Say, IEnumerable<int> Warnings) Read(string body, string attributes = "")
    {
        var (verbs, warnings) = Verbs($"<Say {attributes}>{body}</Say>");
        return (verbs.OfType<Say>().SingleOrDefault(), warnings);
    }

    private static IEnumerable<int> Warnings(string xml) => Verbs(xml).Warnings;

    private static (IEnumerable<Verb> Verbs, IEnumerable<int> Warnings) Verbs(string xml)
    {
        var root = TwimlReader.ReadText($"<Response>{xml}</Response>").Should().BeOfType<TwimlReading.Document>().Which.Root;
        var (verbs, warnings) = VerbReader.Read(root);
        return (verbs, warnings.Select(w => w.Code));
    }
}
