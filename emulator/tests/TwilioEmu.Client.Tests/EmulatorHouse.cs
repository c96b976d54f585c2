using System.Net.Http.Headers;
using System.Text.Json;

namespace TwilioEmu.Client.Tests;

/// <summary>An emulator without a socket, whose numbers are answered by a file's app, and a program that posts to it.</summary>
public sealed class EmulatorHouse : IAsyncLifetime
{
    public const string Number = "+14155550100";
    public const string Phone = "+14155550199";

    private const string World = """
        numbers:
          - { number: "+14155550100", sms_url: "http://app/sms", voice_url: "http://app/voice", messages_per_second: 100 }
        app:
          /sms: "<Response><Message>You said: {{Body}}</Message></Response>"
          /voice: "<Response><Gather numDigits='1' action='/gathered'><Say>Press one for sales.</Say></Gather></Response>"
          /gathered: "<Response><Say>You pressed {{Digits}}.</Say></Response>"
        """;

    private TwilioEmuHost _host = null!;
    private HttpClient _program = null!;

    public TwilioEmuHost Host => _host;

    public EmulatorClient Client => _host.Control;

    public async ValueTask InitializeAsync()
    {
        _host = await TwilioEmuHost.StartAsync(new TwilioEmuHostOptions { Port = null, Config = EmulatorConfig.FromYaml(World) });
        _program = ProgramOf(_host.Account.Authorization);
    }

    /// <summary>The program sends a text.</summary>
    public async Task<JsonElement> PostMessageAsync(string to, string body)
    {
        using var form = new FormUrlEncodedContent([new("To", to), new("From", Number), new("Body", body)]);
        using var answer = await _program.PostAsync($"https://api.twilio.com/2010-04-01/Accounts/{_host.Account.Sid}/Messages.json", form);
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }

    /// <summary>A program without a socket.</summary>
    public HttpClient ProgramOf(AuthenticationHeaderValue authorization)
    {
        var client = new HttpClient(_host.CreateHandler());
        client.DefaultRequestHeaders.Authorization = authorization;
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _program.Dispose();
        await _host.DisposeAsync();
    }
}
