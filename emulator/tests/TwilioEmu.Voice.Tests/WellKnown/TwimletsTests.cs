using TwilioEmu.Voice.WellKnown;
using TwilioEmu.Webhooks.Delivery;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.WellKnown;

/// <summary>
/// Sources: twilio.com/labs/twimlets; answers of the live scripts printed in twilio-labs/function-templates (funlet-*, twimlet-*.log).
/// </summary>
public sealed class TwimletsTests
{
    [Theory]
    [InlineData("message?Message=Hello+World", "", "<Say>Hello World</Say>")]
    [InlineData("message?Message[0]=one&Message[1]=http://a.test/b.mp3", "", "<Say>one</Say><Play>http://a.test/b.mp3</Play>")]
    [InlineData("message?Message=a%26b", "", "<Say>a&amp;b</Say>")]
    [InlineData(
        "menu?Message=Pick&Options[1]=http://a.test/1&Options[22]=http://a.test/2", "",
        """<Gather numDigits="2"><Say>Pick</Say></Gather><Redirect/>""")]
    [InlineData(
        "menu?Message=Pick&Options[1]=http://a.test/1", "Digits=7",
        """<Say>I'm sorry, that wasn't a valid option.</Say><Gather numDigits="1"><Say>Pick</Say></Gather><Redirect/>""")]
    [InlineData("menu?Message=Pick&Options[1]=http://a.test/1", "Digits=1", "-> http://a.test/1")]
    [InlineData("forward?PhoneNumber=415-555-1212", "From=+1", """<Dial action="/forward?Dial=true" timeout="20">415-555-1212</Dial>""")]
    [InlineData("forward?PhoneNumber=415-555-1212&FailUrl=http://a.test/f&Timeout=7&CallerId=%2B14155550100", "From=+1",
        """<Dial action="/forward?Dial=true&amp;FailUrl=http%3A%2F%2Fa.test%2Ff" timeout="7" callerId="+14155550100">415-555-1212</Dial>""")]
    [InlineData("forward?PhoneNumber=1&AllowedCallers[0]=650-555-1212", "From=+15105551212&To=+14155550100",
        "<Say>Sorry, you are calling from a restricted number. Good bye.</Say>")]
    [InlineData(
        "forward?PhoneNumber=1&AllowedCallers[0]=650-555-1212", "From=+16505551212",
        """<Dial action="/forward?Dial=true" timeout="20">1</Dial>""")]
    [InlineData("forward?Dial=true&FailUrl=http://a.test/f", "DialCallStatus=busy", "-> http://a.test/f")]
    [InlineData("forward?Dial=true&FailUrl=http://a.test/f", "DialCallStatus=completed", "<Hangup/>")]
    [InlineData("simulring?PhoneNumbers[0]=415-555-1212&PhoneNumbers[1]=415-555-1313", "",
        """<Dial action="/simulring?Dial=true&amp;FailUrl=" timeout="20"><Number url="whisper?Message=">415-555-1212</Number><Number url="whisper?Message=">415-555-1313</Number></Dial>""")]
    [InlineData("simulring?PhoneNumbers[]=1&Message=Custom%20message&Timeout=42", "",
        """<Dial action="/simulring?Dial=true&amp;FailUrl=" timeout="42"><Number url="whisper?Message=Custom+message">1</Number></Dial>""")]
    [InlineData("callme?PhoneNumber=415-555-1212", "",
        """<Dial action="/callme?Dial=true" timeout="20"><Number url="whisper?Message=">415-555-1212</Number></Dial>""")]
    [InlineData("callme?PhoneNumber=415-555-1212&FailUrl=http://a.test/f&Timeout=42&Message=Custom%20message", "",
        """<Dial action="/callme?Dial=true&amp;FailUrl=http%3A%2F%2Fa.test%2Ff" timeout="42"><Number url="whisper?Message=Custom+message">415-555-1212</Number></Dial>""")]
    [InlineData("callme?Dial=true&FailUrl=http://a.test/f", "DialCallStatus=busy", "-> http://a.test/f")]
    [InlineData("callme?Dial=true", "DialCallStatus=busy", "<Hangup/>")]
    [InlineData("findme?PhoneNumbers[]=1&PhoneNumbers[]=2", "",
        """<Dial action="/findme?Dial=true&amp;FailUrl=&amp;Timeout=&amp;Message=&amp;PhoneNumbers%5B%5D=2" timeout="60"><Number url="whisper?Message=&amp;HumanCheck=1">1</Number></Dial>""")]
    [InlineData("findme?PhoneNumbers[]=1&Timeout=42&Message=Custom%20message", "",
        """<Dial action="/findme?Dial=true&amp;FailUrl=&amp;Timeout=42&amp;Message=Custom+message" timeout="42"><Number url="whisper?Message=Custom+message&amp;HumanCheck=1">1</Number></Dial>""")]
    [InlineData("findme?Dial=true&PhoneNumbers[]=2", "DialCallStatus=busy",
        """<Dial action="/findme?Dial=true&amp;FailUrl=&amp;Timeout=&amp;Message=" timeout="60"><Number url="whisper?Message=&amp;HumanCheck=1">2</Number></Dial>""")]
    [InlineData("findme?Dial=true&PhoneNumbers[]=2", "DialCallStatus=completed", "<Hangup/>")]
    [InlineData("findme?FailUrl=http://a.test/f", "", "-> http://a.test/f")]
    [InlineData("findme?Dial=true&FailUrl=http://a.test/f", "DialCallStatus=no-answer", "-> http://a.test/f")]
    [InlineData(
        "whisper?Message=", "From=+14",
        """<Gather numDigits="1"><Say>You are receiving a call from +. 1. 4. .  Press any key to accept.</Say></Gather>""")]
    [InlineData("whisper?Message=Hi&HumanCheck=1", "", """<Gather numDigits="1"><Say>Hi</Say></Gather><Hangup/>""")]
    [InlineData("whisper?Message=Hi", "Digits=1", "")]
    [InlineData("voicemail?Email=you@example.com&Transcribe=false", "", "<Say>Please leave a message after the beep.</Say><Record/>")]
    [InlineData("voicemail?Email=you@example.com", "",
        """<Say>Please leave a message after the beep.</Say><Record transcribe="true" transcribeCallback="http://twimlets.com/voicemail?Email=you@example.com"/>""")]
    [InlineData("voicemail?Email=you@example.com", "RecordingUrl=http://a.test/r", "<Say>Thanks. Good bye.</Say><Hangup/>")]
    [InlineData("conference?Name=Foo", "", "<Say>You are now entering the conference line.</Say><Dial><Conference>Foo</Conference></Dial>")]
    [InlineData("conference?Name=Foo&Music=rock&Moderators[0]=415-555-1212", "From=+14155551212",
        """<Say>You are now entering the conference line.</Say><Dial><Conference waitUrl="http://twimlets.com/holdmusic?Bucket=com.twilio.music.rock" waitMethod="GET" startConferenceOnEnter="true">Foo</Conference></Dial>""")]
    [InlineData("conference?Moderators[]=415-555-1212&Moderators[]=555-867-5309&EnableSmsNotifications=true", "Caller=916-555-0123",
        """<Message to="4155551212">916-555-0123 has entered your conference.  Call the number this text came from to join.</Message><Message to="5558675309">916-555-0123 has entered your conference.  Call the number this text came from to join.</Message><Say>You are now entering the conference line.</Say><Dial><Conference startConferenceOnEnter="false">a5b8b5b4fa69de6fb8dad5cbf3545d9f</Conference></Dial>""")]
    [InlineData("conference?Name=Foo&Password=12345", "", """<Gather numDigits="5"><Say>Please enter your conference pass code</Say></Gather><Redirect/>""")]
    [InlineData("holdmusic?Bucket=com.twilio.music.guitars&Message=Please+hold", "",
        "<Play>http://com.twilio.music.guitars.s3.amazonaws.com/Pitx_-_A_Thought.mp3</Play><Say>Please "
            + "hold</Say><Play>http://com.twilio.music.guitars.s3.amazonaws.com/Pitx_-_Long_Winter.mp3</Play><Say>Please "
                + "hold</Say><Redirect/>")]
    [InlineData("holdmusic", "", "<Say>An S 3 bucket is required.</Say>")]
    [InlineData("holdmusic?Bucket=of-mine", "", "<Say>Failed to fetch the hold music.</Say>")]
    public async Task A_twimlet_answers_as_the_live_one_does(string path, string sent, string verbs)
    {
        var answer = await AskAsync($"http://twimlets.com/{path}", sent);
        var body = answer.Status == 302 ? $"-> {answer.Headers.Single(h => h.Key == "Location").Value}" : answer.Body;
        body.Replace("""<?xml version="1.0" encoding="UTF-8"?><Response>""", "").Replace("</Response>", "").Should().Be(verbs);
    }

    [Fact]
    public async Task Echo_gives_back_the_document() =>
        (await AskAsync("http://twimlets.com/echo?Twiml=%3CResponse%3E%3CSay%3EHi%3C%2FSay%3E%3C%2FResponse%3E", "")).Body
            .Should().Be("<Response><Say>Hi</Say></Response>");

    [Theory]
    [InlineData("https://demo.twilio.com/owl.png", "image/png")]
    [InlineData("http://demo.twilio.com/hellomonkey/monkey.mp3", "audio/x-wav")]
    [InlineData("http://demo.twilio.com/docs/sms.xml", "text/xml")]
    [InlineData("https://demo.twilio.com/welcome/sms/", "text/xml")]
    public async Task What_twilio_s_examples_name_is_there(string url, string type) =>
        (await AskAsync(url, "")).Should().Match<AppAnswer>(a => a.Status == 200 && a.ContentType == type);

    [Theory]
    [InlineData("http://twimlets.com/nothing")]
    [InlineData("http://demo.twilio.com/nothing")]
    [InlineData("https://s3.amazonaws.com/of-somebody-else/index.xml")]
    public async Task What_nobody_knows_is_not_there(string url) => (await AskAsync(url, "")).Status.Should().Be(404);

    [Fact]
    public async Task The_default_playlist_and_its_songs_are_at_hand()
    {
        (await AskAsync("https://s3.amazonaws.com/com.twilio.sounds.music/index.xml", "")).Body
            .Should().Contain("<Play>").And.EndWith("<Redirect/></Response>");
        var song = await AskAsync("http://com.twilio.sounds.music.s3.amazonaws.com/MARKOVICHAMP-Borghestral.mp3", "");
        song.ContentType.Should().Be("audio/x-wav");
        song.Bytes!.Value.Length.Should().Be(44 + (30 * 8000 * 2));
    }

    [Fact]
    public async Task A_call_runs_the_demo_document_without_internet()
    {
        await using var house = await BuildAsync();
        var sid = await house.CreateAsync(("Url", "http://demo.twilio.com/docs/voice.xml"));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Contain(l => l.EndsWith("heard Thanks for trying our documentation. Enjoy!"))
            .And.Contain(l => l.EndsWith("heard classic.mp3"));
        (await house.EntriesAsync(e => e.Kind == "call.stand_in_played")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_call_is_forwarded_by_a_twimlet_and_screened_by_another()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new() { Script = [Hears("Press any key"), Presses("1")] });
        house.Twiml(
            "/voice", $"<Redirect method='GET'>http://twimlets.com/simulring?PhoneNumbers={Uri.EscapeDataString(Friend)}</Redirect>");
        var sid = await house.DialAsync(Waits(30), HangsUp);
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Contain(l => l.Contains("bridged"));
    }

    private static Task<AppAnswer> AskAsync(string url, string sent) => new WellKnownApp().AnswerAsync(
        new AppRequest(
            "POST", new Uri(
                url), [], [.. sent.Split('&', StringSplitOptions.RemoveEmptyEntries)
                    .Select(p => new KeyValuePair<string, string>(p.Split('=')[0], p.Split('=')[1]))]),
        default);
}
