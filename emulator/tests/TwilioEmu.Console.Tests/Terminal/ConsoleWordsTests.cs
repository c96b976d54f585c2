using TwilioEmu.Console.Terminal;
using TwilioEmu.Scenarios.Matching;
using static TwilioEmu.Console.Tests.Terminal.Lines;

namespace TwilioEmu.Console.Tests.Terminal;

public sealed class ConsoleWordsTests
{
    private const string Asked = """{"method":"POST","operation":"CreateMessage","caller":"AC1"}""";
    private const string Queued =
        """{"sid":"SM000000000000000000000000000007f3","from":"+14155550100","to":"+14155550199","body":"hi","status":"queued"}""";
    private const string Sent = """{"purpose":"sms","method":"POST","url":"http://localhost:5000/sms"}""";

    private readonly ConsoleWords _words = new((operation, _) => operation == "CreateMessage" ? 201 : null);

    [Fact]
    public void What_went_wrong_leads_to_its_page_and_what_is_well_to_none()
    {
        _words.Tell(Entry(1, "webhook.sent", Message, 0, Sent)).Should().BeEmpty();
        _words.Tell(Entry(2, "webhook.answered", Message, 1, """{"status":500,"error_code":11200}""")).Single().See
            .Should().Be("/_emu/ui/webhooks/1");
        _words.Tell(Entry(3, "webhook.failed", Message, 0, """{"purpose":"sms","error_code":11100}""")).Single().See
            .Should().Be("/_emu/ui/webhooks/3", "one that could not be sent is its failure alone");
        Told(Entry(5, "request.refused", Messages, 4, """{"method":"POST","code":21211,"status":400}""")).See
            .Should().Be("/_emu/ui/requests/4");
        Told(Entry(6, "message.undelivered", Message, 0, """{"status":"undelivered","error_code":30003}""")).See
            .Should().Be($"/_emu/ui/messages/{Message}");
        Told(Entry(7, "fault", "a turn", 0, """{"message":"x"}""")).See.Should().Be("/_emu/ui/timeline?q=seq:7");
        Told(Entry(8, "message.delivered", Message, 0, """{"status":"delivered"}""")).See.Should().BeNull();
    }

    [Fact]
    public void A_request_and_what_came_of_it_are_one_line() =>
        Tell(Entry(1, "request", Messages, 0, Asked), Entry(2, "message.queued", Message, 1, Queued))
            .Should().Equal("→ POST Messages 201 SM…07f3 queued +14155550100 → +14155550199");

    [Fact]
    public void A_warning_about_a_request_comes_before_its_line() =>
        Tell(
            Entry(1, "request", Messages, 0, Asked),
            Entry(
                2, "warning", Messages, 1,
                """{"warning":"CreateMessage does not know these parameters; they are ignored","parameters":["Boby"]}"""),
            Entry(3, "message.queued", Message, 1, Queued))
            .Should().Equal(
                "! CreateMessage does not know these parameters; they are ignored: Boby",
                "→ POST Messages 201 SM…07f3 queued +14155550100 → +14155550199");

    [Fact]
    public void A_request_of_which_nothing_came_is_told_when_the_next_thing_happens() =>
        Tell(
            Entry(1, "request", "/v2/Services", 0, """{"method":"POST","operation":"CreateService"}"""),
            Entry(2, "handset.dialled", "+14155550199", 0, """{"to":"+14155550100"}"""))
            .Should().Equal("→ POST Services", "+14155550199 dials +14155550100");

    [Fact]
    public void A_refused_request_tells_status_code_and_message() =>
        Tell(
            Entry(1, "request", Messages, 0, Asked),
            Entry(
                2, "request.refused", Messages, 1,
                """{"method":"POST","code":21211,"status":400,"message":"Invalid 'To' Phone Number: 1"}"""))
            .Should().Equal("→ POST Messages 400  21211: Invalid 'To' Phone Number: 1");

    [Fact]
    public void What_is_not_emulated_is_one_line_its_alert_s_where_it_has_one() =>
        Tell(
            Entry(1, "not_emulated", "CA1", 0, """{"what":"<Pay>"}"""),
            Entry(2, "alert", "CA1", 1, """{"code":13750,"level":"error","message":"not emulated: <Pay>","url":"http://app/voice"}"""),
            Entry(3, "not_emulated", "CA1", 0, """{"what":"<Refer>"}"""),
            Entry(4, "handset.dialled", "+14155550199", 0, """{"to":"+14155550100"}"""),
            Entry(5, "not_emulated", "CA2", 0, """{"what":"<Connect>"}"""))
            .Should().Equal(
                "! 13750: not emulated: <Pay> http://app/voice (CA1)", "! not emulated: <Refer> (CA1)", "+14155550199 dials +14155550100",
                "! not emulated: <Connect> (CA2)");

    [Fact]
    public void What_is_not_emulated_is_a_warning_and_no_error_of_the_app() =>
        Told(Entry(1, "request.refused", "/v1/Rooms", 0, """{"method":"POST","code":20501,"status":501,"message":"not emulated"}""")).Tone
            .Should().Be(ConsoleTone.Warning);

    [Fact]
    public void A_webhook_is_told_when_it_is_answered() =>
        Tell(
            Entry(1, "webhook.sent", Message, 0, Sent),
            Entry(
                2, "webhook.answered", Message, 1,
                """{"status":200,"url":"http://localhost:5000/sms","error_code":0,"attempts":[{"seconds":0.0121}]}"""))
            .Should().Equal("← POST http://localhost:5000/sms 200 in 12 ms (sms)");

    [Fact]
    public void A_failed_webhook_tells_the_apps_words_and_its_alert_does_not_repeat_it()
    {
        var lines = Tell(
            Entry(1, "webhook.sent", Message, 0, Sent),
            Entry(
                2, "webhook.answered", Message, 1,
                """{"status":500,"url":"http://localhost:5000/sms","error_code":11200,"error_message":"the app answered 500","body":"NullReferenceException at\n  Sms.cs:12","attempts":[{"seconds":0.012}]}"""),
            Entry(
                3, "alert", Message, 2,
                """{"code":11200,"level":"error","message":"the app answered 500","url":"http://localhost:5000/sms"}"""));
        lines
            .Should().Equal(
                "← POST http://localhost:5000/sms 500 in 12 ms (sms)  11200: the app answered 500: \"NullReferenceException at "
                    + "Sms.cs:12\"");
    }

    [Fact]
    public void An_alert_of_another_cause_is_told() =>
        Tell(Entry(9, "alert", Message, 4, """{"code":14108,"level":"warning","message":"no such number","url":null}"""))
            .Should().Equal("! 14108: no such number (SM…07f3)");

    [Fact]
    public void An_apps_words_cannot_steer_the_terminal()
    {
        var line = Told(
            Entry(
                1, "handset.texted", "+14155550199", 0,
                """{"to":"+14155550100","body":"red \u001b[31m\r\nforged 14:02:11 line\u009b2J"}"""));
        line.Text.Should().NotMatchRegex(@"[\u0000-\u001f\u007f-\u009f]");
    }

    [Fact]
    public void A_long_text_is_cut()
    {
        var line = Told(Entry(1, "handset.texted", "+14155550199", 0, $$"""{"to":"+14155550100","body":"{{new string('x', 5000)}}"}"""));
        line.Text.Length.Should().BeLessThan(250);
    }

    [Fact]
    public void A_call_is_told_with_its_verbs()
    {
        const string call = "CA00000000000000000000000000000a1b";
        Tell(
            Entry(1, "call.ringing", call, 0, """{"status":"ringing","from":"+14155550199","to":"+14155550100"}"""),
            Entry(2, "call.heard", call, 0, """{"who":"+14155550199","kind":"speech","words":"Press one"}"""),
            Entry(3, "call.pressed", call, 0, """{"who":"+14155550199","digits":"1"}"""),
            Entry(4, "call.gathered", call, 0, """{"digits":"1","speech":null}"""),
            Entry(5, "call.completed", call, 0, """{"status":"completed","from":"+14155550199","to":"+14155550100","duration":4}"""))
            .Should().Equal(
                "  CA…0a1b ringing +14155550199 → +14155550100", "  CA…0a1b +14155550199 hears \"Press one\"",
                "  CA…0a1b +14155550199 presses 1",
                "  CA…0a1b <Gather> got \"1\"", "  CA…0a1b completed after 4 s +14155550199 → +14155550100");
    }

    private string[] Tell(params JournalLine[] entries) => [.. entries.SelectMany(_words.Tell).Concat(_words.Flush()).Select(l => l.Text)];

    private ConsoleLine Told(JournalLine entry) => _words.Tell(entry).Should().ContainSingle().Subject;
}
