using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Calls;

/// <summary>For each error that a document or an answer can raise, the input that gives it; levels by twilio.com/docs/api/errors.</summary>
public sealed class VoiceErrorTableTests
{
    /// <summary>Verbs of a document, the code they raise, and whether the list has it as a warning.</summary>
    public static TheoryData<string, int, bool> Documents => new()
    {
        { "<Shout>hi</Shout>", 12200, true },
        { "<Say pitch='high'>hi</Say>", 12200, true },
        { "<Message>hi</Message>", 12200, true },
        { "<Dial><Conference>a</Conference><Number>+14155550188</Number></Dial>", 13000, true },
        { "<Dial method='PUT'>+14155550188</Dial>", 13210, true },
        { "<Dial timeout='never'>+14155550188</Dial>", 13212, true },
        { "<Dial hangupOnStar='maybe'>+14155550188</Dial>", 13213, true },
        { "<Dial callerId='bob'>+14155550188</Dial>", 13214, true },
        { "<Dial><Fax>+14155550188</Fax></Dial>", 13215, true },
        { "<Dial timeLimit='0'>+14155550188</Dial>", 13216, true },
        { "<Dial record='loudly'>+14155550188</Dial>", 13217, true },
        { "<Dial sequential='maybe'>+14155550188</Dial>", 13218, true },
        { "<Dial answerOnBridge='maybe'>+14155550188</Dial>", 13219, true },
        { "<Dial ringTone='zz'>+14155550188</Dial>", 13220, true },
        { "<Dial><Number method='PUT'>+14155550188</Number></Dial>", 13221, true },
        { "<Dial><Number sendDigits='x'>+14155550188</Number></Dial>", 13222, true },
        { "<Dial>nobody</Dial>", 13223, true },
        { "<Dial/>", 13223, true },
        { "<Dial>+442079460000</Dial>", 13227, false },
        { "<Dial><Conference muted='maybe'>a</Conference></Dial>", 13230, true },
        { "<Dial callerId='+14155550166'>+14155550188</Dial>", 13247, false },
        { "<Dial><Sim>mine</Sim></Dial>", 13258, false },
        { "<Gather finishOnKey='##'/>", 13310, true },
        { "<Gather method='PUT'/>", 13312, true },
        { "<Gather timeout='0'/>", 13313, true },
        { "<Gather numDigits='0'/>", 13314, true },
        { "<Gather><Dial>+14155550188</Dial></Gather>", 13320, true },
        { "<Gather><Say voice='Robot'>hi</Say></Gather>", 13321, true },
        { "<Gather><Say loop='x'>hi</Say></Gather>", 13322, true },
        { "<Gather input='smell'/>", 13326, true },
        { "<Gather input='speech' speechTimeout='x'/>", 13327, true },
        { "<Gather input='speech' maxSpeechTime='x'/>", 13328, true },
        { "<Gather input='speech' partialResultCallbackMethod='PUT'/>", 13329, true },
        { "<Gather input='speech' language='E'/>", 13331, true },
        { "<Gather bargeIn='maybe'/>", 13332, true },
        { "<Gather profanityFilter='maybe'/>", 13333, true },
        { "<Gather input='speech' speechModel='telepathy'/>", 13334, true },
        { "<Gather input='speech' speechModel='phone_call' speechTimeout='auto'/>", 13335, true },
        { "<Gather actionOnEmptyResult='maybe'/>", 13338, false },
        { "<Play loop='x' digits='1'/>", 13410, true },
        { "<Play digits='?'/>", 13430, true },
        { "<Say loop='x'>hi</Say>", 13510, true },
        { "<Say voice='Robot'>hi</Say>", 13511, true },
        { "<Say language='English'>hi</Say>", 13512, true },
        { "<Say/>", 13520, true },
        { "<Record method='PUT' timeout='1' playBeep='false'/>", 13610, true },
        { "<Record timeout='x' maxLength='2' playBeep='false'/>", 13611, true },
        { "<Record playBeep='maybe' timeout='1'/>", 13616, true },
        { "<Record trim='maybe' timeout='1' playBeep='false'/>", 13699, true },
        { "<Redirect method='PUT'>/never</Redirect>", 13710, true },
        { "<Refer><Sip>sip:a@b.test</Sip></Refer>", 13801, false },
        { "<Say>hi</Say><Reject reason='tired'/>", 13810, true },
        { "<Pause length='x'/>", 13910, true },
        { "<Sms method='PUT'>hi</Sms>", 14104, true },
        { "<Start><Say>hi</Say></Start>", 14300, false },
        { "<Stop/>", 14300, false },
        { "<Start><Transcription transcriptionEngine='ears'/></Start>", 32650, false },
        { "<Start><Transcription><Config name='a'/></Transcription></Start>", 32652, true },
        { "<Pay chargeAmount='-1' action='/never'/>", 64003, false },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Each_document_raises_its_error_at_its_level(string verbs, int code, bool isWarning)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", verbs);
        await house.DialAsync(Waits(20));
        await house.AdvanceAsync(90);
        var alerts = (await house.EntriesAsync(e => e.Kind == "alert")).Select(e => (Alert)e.Data!).ToList();
        alerts.Should().Contain(a => a.Code == code).Which.Level.Should().Be(isWarning ? AlertLevel.Warning : AlertLevel.Error);
    }

    /// <summary>What the app answers, and the code.</summary>
    public static TheoryData<int, string?, string, int> Answers => new()
    {
        { 500, "text/xml", "<Response/>", 11200 },
        { 404, "text/xml", "<Response/>", 11200 },
        { 200, null, "<Response/>", 11200 },
        { 200, "text/xml", "<Response><Say>", 12100 },
        { 200, "text/xml", "<Response version='3'/>", 12101 },
        { 200, "text/xml", "<Answer/>", 12102 },
        { 200, "application/pdf", "x", 12300 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Each_answer_that_cannot_be_run_is_its_error(int status, string? type, string body, int code)
    {
        await using var house = await BuildAsync();
        house.Page("/voice", _ => new AppAnswer(status, type, body));
        await house.DialAsync(Waits(20));
        await house.AdvanceAsync(90);
        var alerts = (await house.EntriesAsync(e => e.Kind == "alert")).Select(e => (Alert)e.Data!).ToList();
        alerts.Should().Contain(a => a.Code == code).Which.Level.Should().Be(AlertLevel.Error);
    }
}
