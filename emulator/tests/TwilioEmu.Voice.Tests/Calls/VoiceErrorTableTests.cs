using TwilioEmu.Carrier.Switching;
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
        { "<Pause>10</Pause>", 12200, true },
        { "<Record timeout='1' playBeep='false'>/after</Record>", 12200, true },
        { "<Refer>sip:ada@example.com<Sip>sip:ada@example.com</Sip></Refer>", 12200, true },
        { "<Play digits='1'>/sound.wav</Play>", 12200, true },
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
        { "<Dial>+9990001234567</Dial>", 13226, true },
        { "<Dial>+442079460000</Dial>", 13227, false },
        { "<Dial><Conference muted='maybe'>a</Conference></Dial>", 13230, true },
        { "<Dial callerId='+14155550166'>+14155550188</Dial>", 13247, false },
        { "<Dial><Sip method='PUT'>sip:ada@example.com</Sip></Dial>", 13241, true },
        { "<Dial><Sip sendDigits='1'>sip:ada@example.com</Sip></Dial>", 13242, true },
        { "<Dial><Sip>nobody at all</Sip></Dial>", 13243, true },
        { $"<Dial callerId='{new string('a', 256)}'><Sip>sip:ada@example.com</Sip></Dial>", 13248, true },
        { $"<Dial>{string.Concat(Enumerable.Repeat("<Sip>sip:ada@example.com</Sip>", 11))}</Dial>", 13250, true },
        { $"<Dial>{string.Concat(Enumerable.Repeat("<Number>+14155550188</Number>", 11))}</Dial>", 13215, true },
        { "<Dial><Sip username='ada'>sip:ada@example.com</Sip></Dial>", 13249, true },
        { "<Dial record='true' recordingStatusCallback='ftp://x'>+14155550188</Dial>", 13256, true },
        { "<Record transcribe='true' transcribeCallback='ftp://x' timeout='1' playBeep='false'/>", 13257, false },
        { "<Dial><Sim>mine</Sim></Dial>", 13258, false },
        { "<Dial><Application>AP99</Application></Dial>", 21218, false },
        { "<Dial><Number machineDetection='Enable'>+14155550188</Number></Dial>", 21262, true },
        { "<Dial><Number asyncAmd='true'>+14155550188</Number></Dial>", 21263, true },
        { "<Dial><Conference endConferenceOnExit='maybe'>a</Conference></Dial>", 13231, false },
        { "<Dial><Conference startConferenceOnEnter='maybe'>a</Conference></Dial>", 13232, true },
        { "<Dial><Conference waitUrl='ftp://x'>a</Conference></Dial>", 13233, true },
        { "<Dial><Conference waitMethod='PUT'>a</Conference></Dial>", 13234, true },
        { "<Dial><Conference beep='maybe'>a</Conference></Dial>", 13235, true },
        { "<Dial><Conference>CF00000000000000000000000000000000</Conference></Dial>", 13236, true },
        { "<Dial><Conference/></Dial>", 13237, true },
        { "<Dial><Conference waitUrl='/dials'>a</Conference></Dial>", 13238, false },
        { "<Dial><Conference trim='maybe'>a</Conference></Dial>", 13239, false },
        { "<Dial><Conference coach='CA1'>a</Conference></Dial>", 13240, false },
        { "<Dial><Conference participantLabel='a/b'>a</Conference></Dial>", 16023, false },
        { "<Enqueue method='PUT'>a</Enqueue>", 14201, false },
        { "<Enqueue waitUrl='ftp://x'>a</Enqueue>", 14202, false },
        { "<Enqueue action='ftp://x'>a</Enqueue>", 14203, false },
        { "<Enqueue/>", 14204, false },
        { "<Enqueue waitUrlMethod='PUT'>a</Enqueue>", 14206, false },
        { "<Dial><Queue method='PUT'>a</Queue></Dial>", 14210, false },
        { "<Dial><Queue url='ftp://x'>a</Queue></Dial>", 14211, false },
        { "<Dial><Queue/></Dial>", 14212, false },
        { $"<Dial><Queue>{new string('a', 65)}</Queue></Dial>", 14213, false },
        { "<Record maxLength='1' timeout='1' playBeep='false'/>", 13612, true },
        { "<Record finishOnKey='x' timeout='1' playBeep='false'/>", 13613, true },
        { "<Record transcribe='maybe' timeout='1' playBeep='false'/>", 13614, true },
        { "<Record transcribe='true' maxLength='121' timeout='1' playBeep='false'/>", 13615, true },
        { "<Record recordingStatusCallbackEvent='later' timeout='1' playBeep='false'/>", 13621, false },
        { "<Start><Recording track='sideways'/></Start>", 13622, true },
        { "<Gather hints='" + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            + "'/>", 13330, true },
        { "<Play>mailto:x</Play>", 11100, false },
        { "<Pay paymentMethod='cash' action='/never'/>", 64013, false },
        { "<Pay tokenType='x' action='/never'/>", 64006, false },
        { "<Pay currency='dollars' action='/never'/>", 64011, false },
        { "<Pay paymentMethod='ach-debit' action='/never'/>", 64014, false },
        { "<Pay bankAccountType='consumer-savings' action='/never'/>", 64017, false },
        { "<Pay timeout='0' action='/never'/>", 64020, false },
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
        { "<Queue>support</Queue>", 12200, true },
        { "<Prompt><Say>hi</Say></Prompt>", 12200, true },
        { "<Dial><Client clientNotificationUrl='ftp://x'>ada</Client></Dial>", 13806, false },
        { "<Dial><Client clientNotificationUrl='/refuses'>ada</Client></Dial>", 13807, false },
        { "<Dial><Conference statusCallback='/refuses' statusCallbackEvent='start join'>a</Conference></Dial>", 16011, false },
        { "<Dial><Number statusCallback='/refuses' statusCallbackEvent='initiated'>+14155550188</Number></Dial>", 15003, true },
        { "<Sms>hi</Sms>", 13803, false },
        { "<Sms method='PUT'>hi</Sms>", 14104, true },
        { "<Refer/>", 12200, true },
        { "<Refer><Sip>sip:a@b.test</Sip><Sip>sip:c@b.test</Sip></Refer>", 12200, true },
        { "<Start><Recording/></Start><Stop><Recording/></Stop>", 16101, true },
        { "<Record timeout='1' playBeep='false'/>", 16102, true },
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
        house.Twiml("/dials", "<Dial>+14155550188</Dial>");
        house.Page("/refuses", _ => new AppAnswer(500, "text/plain", "no"));
        // SIP is served, and nobody is there.
        await house.Do(() => house.Phones.Exchange.Attach(LineRank.Registrations, new NobodyBySip()));
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

    private sealed class NobodyBySip : ILineProvider
    {
        public bool Serves(AddressKind kind) => kind == AddressKind.Sip;

        public IVoiceLine? Find(PartyAddress address) => null;
    }
}
