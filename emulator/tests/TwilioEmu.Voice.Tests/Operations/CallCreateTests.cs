using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Operations;

public sealed class CallCreateTests
{
    [Theory]
    [InlineData("To", null, 21201)]
    [InlineData("To", "12", 21211)]
    [InlineData("To", "+1415555XXXX", 21211)]
    [InlineData("To", Barred, 21215)]
    [InlineData("To", Number, 21211)]
    [InlineData("To", "(415) 555-0100", 21211)]
    [InlineData("From", null, 21213)]
    [InlineData("From", "joe", 21212)]
    [InlineData("From", "+14155550166", 21210)]
    [InlineData("CallerId", "+14155550166", 21264)]
    [InlineData("Url", null, 21205)]
    [InlineData("Url", "ftp://app/voice", 21205)]
    [InlineData("Url", "/voice", 21205)]
    [InlineData("Method", "PUT", 21209)]
    [InlineData("FallbackUrl", "x", 21205)]
    [InlineData("FallbackMethod", "PUT", 21209)]
    [InlineData("StatusCallback", "x", 21609)]
    [InlineData("StatusCallback", "http://my_app/status", 21609)]
    [InlineData("StatusCallbackMethod", "PUT", 21209)]
    [InlineData("SendDigits", "12a", 21206)]
    [InlineData("SendDigits", "123456789012345678901234567890123", 21206)]
    [InlineData("Timeout", "0", 21208)]
    [InlineData("Timeout", "601", 21208)]
    [InlineData("Timeout", "soon", 21208)]
    [InlineData("TimeLimit", "0", 20001)]
    [InlineData("ApplicationSid", "AP2", 21218)]
    [InlineData("MachineDetection", "Maybe", 21234)]
    [InlineData("Byoc", "mine", 21300)]
    [InlineData("Record", "maybe", 20001)]
    [InlineData("AsyncAmd", "perhaps", 20001)]
    [InlineData("SipAuthUsername", "joe", 21225)]
    [InlineData("SipAuthUsername", "joe average", 21222)]
    [InlineData("SipAuthPassword", "s\u00e9same", 21224)]
    [InlineData("To", "sip:ada@example.com?Route=x", 21228)]
    [InlineData("To", "sip:ada@example.com?X-Twilio-Mine=x", 21228)]
    [InlineData("To", "sip:ada@example.com?X-A=%0A", 21229)]
    public async Task Bad_input_is_refused_with_its_code(string name, string? value, int code)
    {
        await using var house = await BuildAsync();
        var form = new Dictionary<string, string> { ["From"] = Number, ["To"] = Phone, ["Url"] = "http://app/voice" };
        if (value is null) form.Remove(name);
        else form[name] = value;
        var answer = await house.PostAsync("CreateCall", [.. form.Select(f => (f.Key, f.Value))]);
        var error = answer.Should().BeOfType<Answer.Refusal>().Which.Error;
        (error.Code, error.Status).Should().Be((code, 400));
        (await house.EntriesAsync(_ => true)).Should().BeEmpty("a refused call leaves no trace");
    }

    [Theory]
    [InlineData(Phone, 21219)]
    [InlineData("+14155550177", 0)]
    [InlineData("+14155550101", 0)]
    [InlineData("client:ada", 0)]
    public async Task An_account_on_trial_calls_verified_numbers_and_its_own(string to, int code)
    {
        await using var house = await BuildAsync();
        house.Own(new VoiceNumber(Account, "PN2", "+14155550101"));
        house.IsOnTrial = true;
        var answer = await house.PostAsync("CreateCall", ("From", Number), ("To", to), ("Url", "http://app/voice"));
        (answer is Answer.Refusal refusal ? refusal.Error.Code : 0).Should().Be(code);
    }

    [Theory]
    [InlineData("SipAuthUsername", 21221)]
    [InlineData("SipAuthPassword", 21223)]
    public async Task A_login_may_have_255_characters(string name, int code)
    {
        await using var house = await BuildAsync();
        (string, string)[] Form(int length) =>
            [("From", Number), ("To", Phone), ("Url", "http://app/voice"), ("SipAuthUsername", "joe"), ("SipAuthPassword", "secret"),
                (name, new string('x', length))];
        (await house.PostAsync("CreateCall", [.. Form(255).GroupBy(f => f.Item1).Select(g => g.Last())]))
            .Should().BeOfType<Answer.Resource>();
        (await house.PostAsync("CreateCall", [.. Form(256).GroupBy(f => f.Item1).Select(g => g.Last())]))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(code);
    }

    [Theory]
    [InlineData(1023, false)]
    [InlineData(1024, true)]
    public async Task Headers_of_a_SIP_address_may_be_so_long(int length, bool isRefused)
    {
        await using var house = await BuildAsync();
        var answer = await house.PostAsync(
            "CreateCall", ("From", Number), ("To", $"sip:ada@example.com?{"X-A=".PadRight(length, 'a')}"), ("Url", "http://app/voice"));
        (answer is Answer.Refusal { Error.Code: 21227 }).Should().Be(isRefused);
    }

    [Fact]
    public async Task Twiml_beside_a_url_is_warned_of_and_ignored()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>by the URL</Say>");
        var sid = await house.CreateAsync(("Url", "http://app/voice"), ("Twiml", "<Response><Say>by itself</Say></Response>"));
        await house.AdvanceAsync(30);
        (await house.AlertsAsync()).Should().Equal("32019");
        (await house.StoryAsync(sid)).Should().Contain(l => l.EndsWith("heard by the URL"));
    }

    [Theory]
    [InlineData(4000, false)]
    [InlineData(4001, true)]
    public async Task Inline_twiml_may_be_so_long(int length, bool isRefused)
    {
        await using var house = await BuildAsync();
        var twiml = "<Response>".PadRight(length - 11) + "</Response>";
        var answer = await house.PostAsync("CreateCall", ("From", Number), ("To", Phone), ("Twiml", twiml));
        (answer is Answer.Refusal { Error.Code: 32018 }).Should().Be(isRefused);
    }

    [Theory]
    [InlineData("415-555-0199", Phone)]
    [InlineData("+ 14155550199", Phone)]
    [InlineData("(415) 555-0199", Phone)]
    public async Task Numbers_are_taken_as_people_write_them(string to, string number)
    {
        await using var house = await BuildAsync();
        var sid = await house.CreateAsync(("To", to));
        (await house.CallAsync(sid)).To.Should().Be(number);
    }

    [Fact]
    public async Task A_verified_number_may_be_shown()
    {
        await using var house = await BuildAsync();
        (await house.PostAsync("CreateCall", ("From", "+14155550177"), ("To", Phone), ("Url", "http://app/voice")))
            .Should().BeOfType<Answer.Resource>();
    }

    [Fact]
    public async Task An_application_brings_its_own_urls()
    {
        await using var house = await BuildAsync();
        await house.CreateAsync(("ApplicationSid", "AP1"));
        await house.AdvanceAsync(10);
        house.Requests.Select(r => r.Path).Should().Equal("/application");
    }

    [Fact]
    public async Task Events_in_one_word_are_warned_of_and_missing_later()
    {
        await using var house = await BuildAsync();
        await house.CreateAsync(("StatusCallback", "http://app/status"), ("StatusCallbackEvent", "initiated ringing"));
        await house.AdvanceAsync(10);
        (await house.AlertsAsync()).Should().Equal("21626");
        house.Asked("/status").Should().BeEmpty();
    }

    [Fact]
    public async Task A_new_call_is_queued()
    {
        await using var house = await BuildAsync();
        var answer = await house.PostAsync("CreateCall", ("From", Number), ("To", Phone), ("Url", "http://app/voice"));
        var call = (Call)answer.Should().BeOfType<Answer.Resource>().Which.Face;
        (call.Status, call.PhoneNumberSid).Should().Be((CallStatus.Queued, "PN1"));
        (call.StartTime, call.EndTime, call.DurationSeconds).Should().Be(((DateTimeOffset?)null, (DateTimeOffset?)null, (int?)null));
        call.Sid.Should().MatchRegex("^CA[0-9a-f]{32}$");
    }
}
