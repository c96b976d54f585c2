using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Products.Proxy;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Voice;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Tests.Proxy;

/// <summary>Every documented code of Proxy: what causes it, or why nothing does.</summary>
public sealed class ProxyErrorTests : IAsyncDisposable
{
    private const string Rider = "+14155550191";
    private const string Driver = "+14155550192";
    private const string First = "+14155550101";
    private const string Second = "+14155550102";
    private const string TextOnly = "+3197012345678";
    private const string VoiceOnly = "+442079460100";

    private const string Flex = "of Flex and chat channels, which Proxy has here no part in";
    private const string Internal = "Twilio's own failures";
    private const string Never = "everything is done in one turn: two requests never meet";
    private const string Said = "another of these codes says it";
    private const string Shapes = "what is no SID or no URL at all is refused by its shape, as everywhere";

    private static readonly (int From, int To, string Why)[] Exceptions =
    [
        (80304, 80308, Flex), (80501, 80505, Internal), (80506, 80506, "whoever asks may make a service here"), (80615, 80621, Flex),
        (80625, 80625, "Proxy's own requests inside Twilio"), (80802, 80802, Never), (80623, 80623, Never),
        (80801, 80801, "of accounts with the flag ProxyAllowParticipantConflict, which none has here: 80604 refuses"),
        (80613, 80613, "Twilio's own failures"), (80102, 80102, Said), (80402, 80402, Said), (80605, 80605, Said), (80905, 80905, Said),
        (80405, 80405, Shapes), (80409, 80409, Shapes),
    ];

    private static readonly int[] Documented =
    [
        80101, 80102, 80103, 80104, 80201, 80202, 80203, 80205, 80206, 80207, 80208, 80301, 80304, 80305, 80306, 80308, 80402, 80404, 80405,
        80409, 80501, 80502, 80504, 80505, 80506, 80601, 80603, 80604, 80605, 80606, 80607, 80608, 80609, 80611, 80612, 80613, 80614, 80615,
        80616, 80617, 80618, 80619, 80620, 80621, 80622, 80623, 80624, 80625, 80801, 80802, 80901, 80902, 80904, 80905, 80909, 80910, 80911,
        80913,
    ];

    private static readonly int[] Alerts = [80614, 80901, 80902, 80904, 80909, 80911, 80913];

    private readonly RestWorld _rest = new();
    private int _services;

    public ProxyErrorTests()
    {
        var voice = new VoiceProduct();
        _rest.Attach(_rest.Messaging, voice, new ProxyProduct(_rest.Messaging, voice));
        Do(() =>
        {
            foreach (var number in (string[])[First, Second])
            {
                _rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = number, MessagesPerSecond = 100 });
            }
            foreach (var number in (string[])[TextOnly, VoiceOnly])
            {
                _rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = number });
            }
        });
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Theory]
    [InlineData(80101)]
    [InlineData(80103)]
    [InlineData(80104)]
    [InlineData(80201)]
    [InlineData(80202)]
    [InlineData(80203)]
    [InlineData(80205)]
    [InlineData(80206)]
    [InlineData(80207)]
    [InlineData(80208)]
    [InlineData(80301)]
    [InlineData(80404)]
    [InlineData(80601)]
    [InlineData(80603)]
    [InlineData(80604)]
    [InlineData(80606)]
    [InlineData(80607)]
    [InlineData(80608)]
    [InlineData(80609)]
    [InlineData(80611)]
    [InlineData(80612)]
    [InlineData(80910)]
    public async Task A_request_is_refused_with_its_code(int code)
    {
        var answer = await CauseAsync(code);
        (answer.Status, answer.Code).Should().Be((ErrorCodes.Find(code)!.Status, code), answer.Body);
    }

    [Theory]
    [InlineData(80614)]
    [InlineData(80901)]
    [InlineData(80902)]
    [InlineData(80904)]
    [InlineData(80909)]
    [InlineData(80911)]
    [InlineData(80913)]
    public async Task A_contact_that_is_not_passed_on_is_an_alert_with_its_code(int code)
    {
        _rest.App.On("/403", new AppAnswer(403, null, "")).On("/html", new AppAnswer(200, "text/html", "<p>"));
        var service = await ServiceAsync(
            [First, Second], "InterceptCallbackUrl", code == 80909 ? "http://app/403" : "", "OutOfSessionCallbackUrl",
            code == 80913 ? "http://app/html" : "");
        var session = await SessionAsync(
            service, "Ttl", code == 80904 ? "60" : "0", "Mode", code == 80911 ? "message-only" : "voice-and-message");
        var mask = (await JoinAsync(session, Rider))["proxy_identifier"]!;
        if (code != 80614) (await JoinAsync(session, Driver)).Status.Should().Be(201);
        if (code is 80902 or 80913) await PostAsync(session, "Status", "closed");
        await AdvanceAsync(code == 80904 ? 61 : 1);
        Do(() =>
        {
            if (code == 80911) _rest.Handsets.Dial(Rider, mask, [new ScriptStep.Waits(TimeSpan.FromSeconds(5))]);
            else _rest.Handsets.Text(Rider, mask, code == 80901 ? "STOP" : "hello", []);
        });
        await AdvanceAsync(5);
        (await _rest.EntriesAsync("alert")).Select(e => e.ToJson())
            .Should().ContainSingle(e => e.Contains($"\"code\":{code}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pool_holds_five_hundred_numbers_that_are_not_reserved_and_warns_before()
    {
        Do(() =>
        {
            for (var i = 0; i < 500; i++) _rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = $"+1212555{i:0000}" });
        });
        var service = await ServiceAsync([]);
        for (var i = 0; i < 500; i++)
        {
            (await PostAsync($"{service}/PhoneNumbers", "PhoneNumber", $"+1212555{i:0000}")).Status.Should().Be(201);
        }
        (await PostAsync($"{service}/PhoneNumbers", "PhoneNumber", First)).Code.Should().Be(80622);
        (await PostAsync($"{service}/PhoneNumbers", "PhoneNumber", First, "IsReserved", "true")).Status.Should().Be(201);
        (await _rest.EntriesAsync("alert")).Should().ContainSingle().Which.ToJson().Should().Contain("80624");
    }

    /// <remarks>twilio.com/docs/api/errors/80604.</remarks>
    [Theory]
    [InlineData("")]
    [InlineData("true")]
    public async Task Nobody_is_given_one_number_in_two_open_sessions(string failOnConflict)
    {
        var shared = await ServiceAsync([First]);
        var elsewhere = await SessionAsync(shared);
        (await JoinAsync(elsewhere, Rider, "ProxyIdentifier", First)).Status.Should().Be(201);
        var session = await SessionAsync(shared);
        string[] asked = ["ProxyIdentifier", First, "FailOnParticipantConflict", failOnConflict];
        (await JoinAsync(session, Rider, asked)).Code.Should().Be(80604);
        await PostAsync(elsewhere, "Status", "closed");
        (await JoinAsync(session, Rider, asked)).Status.Should().Be(201, "the other session is over");
    }

    /// <remarks>twilio.com/docs/api/errors/80103, 80609.</remarks>
    [Theory]
    [InlineData(80103, Rider, Rider)]
    [InlineData(80404, Rider, "nobody")]
    [InlineData(80609, Rider, Driver, "+14155550193")]
    public async Task A_session_whose_people_cannot_join_is_not_made(int code, params string[] people)
    {
        var service = await ServiceAsync([First, Second]);
        string[] pairs =
            ["UniqueName", "ride", .. people.SelectMany(p => (string[])["Participants", $$"""{"Identifier":"{{p}}"}"""])];
        (await PostAsync($"{service}/Sessions", pairs)).Code.Should().Be(code);
        (await UsesAsync(service)).Should().Equal("0", "0");
        (await PostAsync($"{service}/Sessions", "UniqueName", "ride")).Status.Should().Be(201, "its name is free");
    }

    /// <remarks>twilio.com/docs/proxy/api/phone-number, in_use.</remarks>
    [Fact]
    public async Task A_number_tells_how_many_open_sessions_it_is_in()
    {
        var service = await ServiceAsync([First, Second]);
        var session = await SessionAsync(service, "Ttl", "60");
        var closed = await SessionAsync(service);
        foreach (var one in (string[])[session, closed]) (await JoinAsync(one, Rider)).Status.Should().Be(201);
        (await UsesAsync(service)).Should().Equal("1", "1");
        await PostAsync(closed, "Status", "closed");
        (await UsesAsync(service)).Should().BeEquivalentTo("1", "0");
        await AdvanceAsync(61);
        (await UsesAsync(service)).Should().Equal(["0", "0"], "the other's time is over");
    }

    private async Task<List<string>> UsesAsync(string service)
    {
        var numbers = await _rest.SendAsync("GET", $"{service}/PhoneNumbers", null, null, host: "proxy.twilio.com");
        return [.. numbers.Json.GetProperty("phone_numbers").EnumerateArray().Select(n => n.GetProperty("in_use").ToString())];
    }

    [Fact]
    public void Each_is_answered_or_named_with_the_reason()
    {
        var caused = typeof(ProxyErrorTests).GetMethods()
            .SelectMany(m => m.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>())
            .Select(d => d.Data[0]).OfType<int>()
            .Concat([80622, 80624]).ToHashSet();
        Documented.Where(c => !caused.Contains(c) && !Exceptions.Any(e => c >= e.From && c <= e.To)).Should().BeEmpty();
        Documented.Where(c => caused.Contains(c) && Exceptions.Any(e => c >= e.From && c <= e.To)).Should().BeEmpty();
        ErrorCodes.All.Select(c => c.Code).Where(c => c is >= 80000 and < 81000).Except(caused)
            .Should().BeEmpty("no row of the table is without a cause");
        Alerts.Where(c => !caused.Contains(c)).Should().BeEmpty();
    }

    private async Task<RestAnswer> CauseAsync(int code)
    {
        switch (code)
        {
            case 80101:
                await ServiceAsync([First]);
                return await PostAsync($"{await ServiceAsync([])}/PhoneNumbers", "PhoneNumber", First);
            case 80104:
                return await PostAsync($"{await ServiceAsync([First])}/PhoneNumbers", "PhoneNumber", First);
            case 80201:
                return await JoinAsync(await SessionAsync(await ServiceAsync([TextOnly])), Rider);
            case 80202:
                return await JoinAsync(await SessionAsync(await ServiceAsync([VoiceOnly])), Rider);
            case 80203:
                return await JoinAsync(await SessionAsync(await ServiceAsync([First])), "+447700900123");
            case 80205:
                return await JoinAsync(await SessionAsync(await ServiceAsync([])), Rider);
            case 80206:
                return await JoinAsync(await SessionAsync(await ServiceAsync([First], "GeoMatchLevel", "area-code")), "+12125550123");
            case 80207:
                var reserved = await ServiceAsync([]);
                (await PostAsync($"{reserved}/PhoneNumbers", "PhoneNumber", First, "IsReserved", "true")).Status.Should().Be(201);
                return await JoinAsync(await SessionAsync(reserved), Rider);
            case 80208:
                var one = await ServiceAsync([First]);
                (await JoinAsync(await SessionAsync(one), Rider)).Status.Should().Be(201);
                return await JoinAsync(await SessionAsync(one), Rider);
            case 80301:
                return await PostAsync($"{await ServiceAsync([])}/PhoneNumbers", "PhoneNumber", "+12125550199");
            case 80404:
                return await JoinAsync(await SessionAsync(await ServiceAsync([First])), "nobody");
            case 80601:
                return await JoinAsync(await SessionAsync(await ServiceAsync([First])), Rider, "ProxyIdentifier", Second);
            case 80603:
                var named = await ServiceAsync([First]);
                await SessionAsync(named, "UniqueName", "ride");
                return await PostAsync($"{named}/Sessions", "UniqueName", "ride");
            case 80607:
                var closed = await SessionAsync(await ServiceAsync([First]));
                await PostAsync(closed, "Status", "closed");
                return await JoinAsync(closed, Rider);
            case 80608:
                return await PostAsync(await SessionAsync(await ServiceAsync([First])), "Status", "failed");
            case 80611:
                var used = await ServiceAsync([]);
                var pooled = (await PostAsync($"{used}/PhoneNumbers", "PhoneNumber", First))["sid"];
                (await JoinAsync(await SessionAsync(used), Rider)).Status.Should().Be(201);
                return await _rest.SendAsync("DELETE", $"{used}/PhoneNumbers/{pooled}", null, null, host: "proxy.twilio.com");
            case 80103:
                var twice = await SessionAsync(await ServiceAsync([First, Second]));
                (await JoinAsync(twice, Rider)).Status.Should().Be(201);
                return await JoinAsync(twice, Rider);
            case 80612:
                var left = await SessionAsync(await ServiceAsync([First, Second]));
                var gone = (await JoinAsync(left, Rider))["sid"];
                await _rest.SendAsync("DELETE", $"{left}/Participants/{gone}", null, null, host: "proxy.twilio.com");
                return await JoinAsync(left, Rider);
            case 80609:
                var full = await SessionAsync(await ServiceAsync([First, Second]));
                foreach (var person in (string[])[Rider, Driver]) (await JoinAsync(full, person)).Status.Should().Be(201);
                return await JoinAsync(full, "+14155550193");
            case 80604:
                var busy = await ServiceAsync([First]);
                var before = await SessionAsync(busy);
                (await JoinAsync(before, Rider)).Status.Should().Be(201);
                await PostAsync(before, "Status", "closed");
                (await JoinAsync(await SessionAsync(busy), Rider)).Status.Should().Be(201);
                return await PostAsync(before, "Status", "in-progress");
            case 80606:
                return await JoinAsync(await SessionAsync(await ServiceAsync([First])), Rider, "ProxyIdentifier", "+12125550199");
            case 80910:
                var spoken = await SessionAsync(await ServiceAsync([First]), "Mode", "voice-only");
                var rider = (await JoinAsync(spoken, Rider))["sid"];
                return await PostAsync($"{spoken}/Participants/{rider}/MessageInteractions", "Body", "x");
            default:
                throw new InvalidOperationException($"nothing is known to cause {code}");
        }
    }

    private async Task<string> ServiceAsync(string[] numbers, params string[] settings)
    {
        var name = $"service {++_services}";
        var service = "/v1/Services/" + (await PostAsync(
            "/v1/Services", ["UniqueName", name, .. settings.Chunk(2).Where(s => s[1].Length > 0).SelectMany(s => s)]))["sid"];
        foreach (var number in numbers) (await PostAsync($"{service}/PhoneNumbers", "PhoneNumber", number)).Status.Should().Be(201);
        return service;
    }

    private async Task<string> SessionAsync(string service, params string[] settings) =>
        $"{service}/Sessions/{(await PostAsync($"{service}/Sessions", settings))["sid"]}";

    private Task<RestAnswer> JoinAsync(string session, string identifier, params string[] more) =>
        PostAsync($"{session}/Participants", ["Identifier", identifier, .. more]);

    private Task<RestAnswer> PostAsync(string path, params string[] pairs) => _rest.SendAsync(
        "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        "application/x-www-form-urlencoded", host: "proxy.twilio.com");

    private void Do(Action turn) => _rest.World.Loop.RunAsync(turn, default).GetAwaiter().GetResult();

    private Task AdvanceAsync(double seconds) => _rest.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));
}
