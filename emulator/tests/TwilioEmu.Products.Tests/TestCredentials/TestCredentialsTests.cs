using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Voice;

namespace TwilioEmu.Products.Tests.TestCredentials;

/// <summary>twilio.com/docs/iam/test-credentials, row by row.</summary>
public sealed class TestCredentialsTests : IAsyncLifetime
{
    private const string Test = "AC00000000000000000000000000000099";
    private const string Ok = "+15005550006";
    private const string Anybody = "+14155550123";

    private readonly RestWorld _rest = new();

    public async ValueTask InitializeAsync()
    {
        _rest.Attach(new MessagingProduct(), new VoiceProduct());
        await _rest.World.Loop.RunAsync(
            () => _rest.Accounts.Create(new AccountSpec { Sid = new AccountSid(Test), AuthToken = "t", IsTest = true }), default);
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Theory]
    [InlineData("+15005550001", 21212)]
    [InlineData("+15005550007", 21606)]
    [InlineData("+15005550008", 21611)]
    [InlineData("+14155550100", 21606)]
    [InlineData("Acme", 21606)]
    public async Task Senders_of_messages_stand_for_faults(string from, int code)
    {
        var answer = await PostAsync("Messages.json", "From", from, "To", Anybody, "Body", "hi");

        (answer.Status, answer.Code).Should().Be((400, code));
    }

    [Fact]
    public async Task A_sender_that_test_credentials_lack_is_told_with_the_one_they_have() =>
        (await PostAsync("Messages.json", "From", "+14155550100", "To", Anybody, "Body", "hi")).Headers["TwilioEmu-Warning"].ToString()
            .Should().Contain($"their one sender is {Ok}");

    [Fact]
    public async Task A_magic_number_that_a_live_account_texts_is_told_to_be_a_phone_like_any_other()
    {
        const string sender = "+14155550100";
        await _rest.World.Loop.RunAsync(
            () => _rest.Numbers.Add(new AccountSid(RestWorld.Account), new PhoneNumberSpec { Number = sender }), default);
        var answer = await _rest.PostAsync("Messages.json", "From", sender, "To", "+15005550001", "Body", "hi");
        answer.Status.Should().Be(201);
        answer.Headers["TwilioEmu-Warning"].ToString().Should().Contain("+15005550001 is a phone like any other here");
    }

    [Theory]
    [InlineData("Messages.json", "Body", "hi")]
    [InlineData("Calls.json", "Twiml", "<Response/>")]
    public async Task A_magic_number_of_a_live_account_is_told_to_be_one(string path, string name, string value) =>
        (await _rest.PostAsync(path, "From", Ok, "To", Anybody, name, value)).Headers["TwilioEmu-Warning"].ToString()
            .Should().Contain($"{Ok} is a magic number of test credentials, which accounts have by test_credentials:");

    [Theory]
    [InlineData("+15005550001", 21211)]
    [InlineData("+15005550002", 21612)]
    [InlineData("+15005550003", 21408)]
    [InlineData("+15005550004", 21610)]
    [InlineData("+15005550009", 21614)]
    [InlineData("no number", 21211)]
    public async Task Receivers_of_messages_stand_for_faults(string to, int code)
    {
        (await PostAsync("Messages.json", "From", Ok, "To", to, "Body", "hi")).Code.Should().Be(code);
    }

    [Theory]
    [InlineData("From", "+15005550001", 21212)]
    [InlineData("From", "+14155550100", 21210)]
    [InlineData("To", "+15005550001", 21217)]
    [InlineData("To", "+15005550002", 21214)]
    [InlineData("To", "+15005550003", 21215)]
    [InlineData("To", "+15005550004", 21216)]
    [InlineData("To", "no number", 21211)]
    [InlineData("To", "", 21201)]
    [InlineData("From", "", 21213)]
    [InlineData("Url", "", 21205)]
    [InlineData("Url", "ftp://app", 21205)]
    [InlineData("Timeout", "0", 21208)]
    [InlineData("StatusCallback", "nowhere", 21609)]
    [InlineData("ApplicationSid", "AP00000000000000000000000000000001", 21218)]
    public async Task Parameters_of_calls_stand_for_faults(string name, string value, int code)
    {
        var form = new Dictionary<string, string> { ["From"] = Ok, ["To"] = Anybody, ["Url"] = "http://app/voice", [name] = value };

        (await PostAsync("Calls.json", [.. form.SelectMany(f => new[] { f.Key, f.Value })])).Code.Should().Be(code);
    }

    [Theory]
    [InlineData("PhoneNumber", "+15005550000", 21422)]
    [InlineData("PhoneNumber", "+15005550001", 21421)]
    [InlineData("PhoneNumber", "+14155550100", 21421)]
    [InlineData("AreaCode", "533", 21452)]
    [InlineData("AreaCode", "415", 21452)]
    public async Task Numbers_to_buy_stand_for_faults(string name, string value, int code)
    {
        (await PostAsync("IncomingPhoneNumbers.json", name, value)).Code.Should().Be(code);
    }

    [Fact]
    public async Task What_would_work_looks_as_if_it_had_and_nothing_is_kept()
    {
        var message = await PostAsync(
            "Messages.json", "From", Ok, "To", Anybody, "Body", new string('x', 161), "StatusCallback", "http://app/status");
        var call = await PostAsync("Calls.json", "From", Ok, "To", Anybody, "Url", "http://app/voice");
        var number = await PostAsync("IncomingPhoneNumbers.json", "AreaCode", "500");

        (message.Status, message["status"], message["num_segments"]).Should().Be((201, "queued", "2"));
        message["sid"].Should().StartWith("SM");
        (call.Status, call["status"], call["direction"]).Should().Be((201, "queued", "outbound-api"));
        (number.Status, number["phone_number"], number["friendly_name"]).Should().Be((201, Ok, "(500) 555-0006"));
        await _rest.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(5));
        var kinds = await _rest.World.Loop.RunAsync(() => _rest.World.Journal.After(0).Select(e => e.Kind).Distinct().ToList(), default);
        kinds.Should().BeSubsetOf(["account.created", "request", "warning"]);
    }

    [Theory]
    [InlineData("GET", "Messages.json")]
    [InlineData("GET", "Messages/SM00000000000000000000000000000001.json")]
    [InlineData("POST", "Queues.json")]
    [InlineData("POST", "Keys.json")]
    [InlineData("GET", "Balance.json")]
    public async Task Everything_else_is_forbidden(string method, string path)
    {
        var answer = await _rest.SendAsync(method, $"/2010-04-01/Accounts/{Test}/{path}", null, null, Test, "t");

        answer.Status.Should().Be(403);
        answer.Body.Should().Be(
            """{"code":20008,"message":"Resource not accessible with Test Account Credentials","more_info":"https://www.twilio.com/docs/errors/20008","status":403}""");
    }

    [Fact]
    public async Task The_live_account_is_out_of_reach_and_other_products_too()
    {
        (await _rest.SendAsync("POST", "Messages.json", "To=1", "application/x-www-form-urlencoded", Test, "t")).Code.Should().Be(20003);
        (await _rest.SendAsync("GET", "/v2/Services", null, null, Test, "t", "verify.twilio.com")).Code.Should().Be(20008);
        (await _rest.SendAsync("POST", "/v1/AuthTokens/Secondary", null, null, Test, "t", "accounts.twilio.com")).Code.Should().Be(20008);
    }

    [Fact]
    public async Task A_lookup_is_the_live_one()
    {
        (await _rest.SendAsync("GET", "/v2/PhoneNumbers/+15005550006", null, null, Test, "t", "lookups.twilio.com"))["phone_number"]
            .Should().Be("+15005550006");
    }

    private Task<RestAnswer> PostAsync(string path, params string[] pairs)
    {
        var form = string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}"));
        return _rest.SendAsync("POST", $"/2010-04-01/Accounts/{Test}/{path}", form, "application/x-www-form-urlencoded", Test, "t");
    }
}
