using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Composition;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Audio;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>An emulator that listens for SIP, with the domain of the article, set up by REST.</summary>
internal sealed class SipDomainHouse : IAsyncDisposable
{
    public const string Domain = "yourname.sip.us1.twilio.com";
    public const string Password = "Correct1Horse2Battery";

    private const string Bin = "EH00000000000000000000000000000001";

    private readonly EmulatorServer _server;
    private readonly HttpClient _rest;

    private SipDomainHouse(EmulatorServer server)
    {
        _server = server;
        _rest = new HttpClient { BaseAddress = new Uri($"{server.Url}/2010-04-01/Accounts/{AccountBook.DefaultSid.Value}/") };
        _rest.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{AccountBook.DefaultSid.Value}:{AccountBook.DefaultToken}")));
    }

    public int Port => _server.House.Sip.Host.Port;

    public string DomainSid { get; private set; } = "";

    /// <summary>The port of SIP over TLS.</summary>
    public int TlsPort => _server.House.Sip.Host.TlsPort;

    /// <summary>The SIP endpoint itself.</summary>
    public SipHost Host => _server.House.Sip.Host;

    /// <param name="twiml">Answers the domain's VoiceUrl, given the request's parameters.</param>
    /// <param name="callers">False maps no credential list for calls.</param>
    /// <param name="address">The one address that may call; null maps no address list.</param>
    /// <param name="handset">Numbers that phones may register as with the carrier, under the usual password; comma between.</param>
    /// <param name="listening">Where it listens; null for the usual.</param>
    /// <param name="isSecure">True has the domain require TLS and SRTP.</param>
    /// <param name="wall">What real time is; null for the system's.</param>
    /// <param name="bin">A TwiML Bin that takes the domain's calls in place of the app; null for none.</param>
    public static async Task<SipDomainHouse> StartAsync(
        Func<Dictionary<string, string>, string> twiml, bool callers = true, string? address = null, string? handset = null,
        SipListening? listening = null, bool isSecure = false,
        TimeProvider? wall = null, string? bin = null)
    {
        var config = WorldSetup.WithDefaults(
            new WorldConfig
            {
                Handsets = [.. handset?.Split(',').Select(h => new HandsetConfig(h, HandsetBehaviour.Usual, Password)) ?? []],
                Numbers =
                [
                    new PhoneNumberSpec
                    {
                        Number = WorldSetup.DefaultNumber,
                        Kind = NumberKind.LongCode,
                        Parameters = new Dictionary<string, string> { ["VoiceUrl"] = "http://myapp.test/number" },
                    },
                ],
                CallsPerSecond = 100,
                TwimlBins = bin is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [Bin] = bin },
            },
            withNumber: true);
        var apps = new Dictionary<string, HttpMessageHandler> { ["http://myapp.test"] = new App(twiml) };
        var house = new SipDomainHouse(await EmulatorServer.StartAsync(
            config, new WorldOptions { Clock = new ClockMode.Real(), Seed = 1, Wall = wall ?? TimeProvider.System },
            new Endpoints { Sip = listening ?? new SipListening { Port = 0, TlsPort = 0, RtpPorts = OwnPorts.Range() } }, apps));
        house.DomainSid = await house.PostAsync(
            "SIP/Domains.json", "DomainName", "yourname.sip.twilio.com", "VoiceUrl",
            bin is null ? "http://myapp.test/voice" : $"https://handler.twilio.com/twiml/{Bin}", "SipRegistration", "true", "Secure",
            isSecure ? "true" : "false");
        var list = await house.PostAsync("SIP/CredentialLists.json", "FriendlyName", "users");
        foreach (var user in new[] { "myuser1", "myuser2" })
        {
            await house.PostAsync($"SIP/CredentialLists/{list}/Credentials.json", "Username", user, "Password", Password);
        }
        await house.PostAsync($"SIP/Domains/{house.DomainSid}/Auth/Registrations/CredentialListMappings.json", "CredentialListSid", list);
        if (callers)
        {
            await house.PostAsync($"SIP/Domains/{house.DomainSid}/Auth/Calls/CredentialListMappings.json", "CredentialListSid", list);
        }
        if (address is null) return house;
        var addresses = await house.PostAsync("SIP/IpAccessControlLists.json", "FriendlyName", "offices");
        await house.PostAsync($"SIP/IpAccessControlLists/{addresses}/IpAddresses.json", "FriendlyName", "office", "IpAddress", address);
        await house.PostAsync(
            $"SIP/Domains/{house.DomainSid}/Auth/Calls/IpAccessControlListMappings.json", "IpAccessControlListSid", addresses);
        return house;
    }

    /// <summary>The SID of what was made.</summary>
    public async Task<string> PostAsync(string path, params string[] pairs) =>
        (await ChangeAsync(path, pairs)).GetProperty("sid").GetString()!;

    /// <summary>What was answered.</summary>
    public async Task<JsonElement> ChangeAsync(string path, params string[] pairs)
    {
        using var form = new FormUrlEncodedContent(pairs.Chunk(2).Select(p => KeyValuePair.Create(p[0], p[1])));
        using var answer = await _rest.PostAsync(path, form);
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }

    /// <summary>The code of a refusal.</summary>
    public async Task<int> RefusalOfAsync(HttpMethod method, string path, params string[] pairs)
    {
        using var request = new HttpRequestMessage(method, path);
        if (pairs.Length > 0) request.Content = new FormUrlEncodedContent(pairs.Chunk(2).Select(p => KeyValuePair.Create(p[0], p[1])));
        using var answer = await _rest.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeFalse(body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("code").GetInt32();
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var json = JsonDocument.Parse(await _rest.GetStringAsync(path));
        return json.RootElement.Clone();
    }

    /// <summary>The entries of a kind, once there are so many.</summary>
    public Task<IReadOnlyList<Entry>> ExpectAsync(EntryKind kind, int count = 1) => _server.House.World.Loop.RunAsync(
        () => _server.House.World.Journal.ExpectAsync(e => e.Kind == kind.Name, count, 0, TimeSpan.FromSeconds(60), CancellationToken.None),
        CancellationToken.None);

    /// <summary>How many entries of a kind there are now.</summary>
    public Task<int> CountAsync(EntryKind kind) => _server.House.World.Loop.RunAsync(
        () => _server.House.World.Journal.After(0).Count(e => e.Kind == kind.Name), CancellationToken.None);

    public async Task DeleteAsync(string path)
    {
        using var answer = await _rest.DeleteAsync(path);
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Gives another account a domain.</summary>
    public async Task ElsewhereAsync(string domain)
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using var made = await _rest.PostAsync("/_emu/v1/accounts", body);
        using var account = JsonDocument.Parse(await made.Content.ReadAsStringAsync());
        var (sid, token) = (account.RootElement.GetProperty("sid").GetString(), account.RootElement.GetProperty("auth_token").GetString());
        using var form = new FormUrlEncodedContent([new("DomainName", domain)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/2010-04-01/Accounts/{sid}/SIP/Domains.json") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{sid}:{token}")));
        using var answer = await _rest.SendAsync(request);
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Lets the world go on for a while: its clock is the wall's.</summary>
    public Task SpendAsync(TimeSpan time) =>
        _server.House.World.Loop.RunAsync(() => Task.Delay(time, _server.House.World.Clock), CancellationToken.None);

    /// <summary>Says how a simulated phone behaves.</summary>
    public async Task BehaveAsync(string number, string behaviour)
    {
        using var body = new StringContent(behaviour, Encoding.UTF8, "application/json");
        using var answer = await _rest.PutAsync($"/_emu/v1/handsets/{number}", body);
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A simulated phone dials, as its owner would.</summary>
    /// <returns>The call's SID.</returns>
    public async Task<string> DialAsync(string from, string to, string script)
    {
        using var body = new StringContent($"{{\"to\":\"{to}\",\"script\":{script}}}", Encoding.UTF8, "application/json");
        using var answer = await _rest.PostAsync($"/_emu/v1/handsets/{from}/calls", body);
        var said = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(said);
        using var json = JsonDocument.Parse(said);
        return json.RootElement.GetProperty("call_sid").GetString()!;
    }

    /// <summary>The person at a simulated phone of a call does something.</summary>
    public async Task ActAsync(string call, string deed)
    {
        using var body = new StringContent(deed, Encoding.UTF8, "application/json");
        using var answer = await _rest.PostAsync($"/_emu/v1/calls/{call}/act", body);
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What was kept of a sound: 8 kHz.</summary>
    public async Task<short[]> SoundAsync(string path) =>
        SoundDecoder.Decode("audio/wav", await _rest.GetByteArrayAsync(path), SoundLimits.Default).Pcm;

    public async ValueTask DisposeAsync()
    {
        _rest.Dispose();
        await _server.DisposeAsync();
    }

    private sealed class App(Func<Dictionary<string, string>, string> twiml) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = await request.Content!.ReadAsStringAsync(cancellationToken);
            var parameters = form.Split('&')
                .Select(p => p.Split('='))
                .ToDictionary(p => Uri.UnescapeDataString(p[0]), p => Uri.UnescapeDataString(p[1].Replace('+', ' ')));
            return new HttpResponseMessage { Content = new StringContent(twiml(parameters), Encoding.UTF8, "text/xml") };
        }
    }
}
