using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>How somebody sets a softphone up.</summary>
/// <param name="User">At the domain.</param>
/// <param name="Port">Of the emulator, which is its outbound proxy.</param>
internal sealed record PhoneSetup(string User, int Port)
{
    public string Domain { get; init; } = SipDomainHouse.Domain;

    public string Password { get; init; } = SipDomainHouse.Password;

    /// <summary>Whom its digest names, of a <see cref="WirePhone"/>; null for the user.</summary>
    public string? LoginUser { get; init; }

    public bool Registers { get; init; } = true;

    /// <summary><c>udp</c>, <c>tcp</c> or <c>tls</c>.</summary>
    public string Transport { get; init; } = "udp";

    /// <summary>Insists on SRTP.</summary>
    public bool IsSecure { get; init; }

    /// <summary>What it offers, in its order, as baresip has it.</summary>
    public string Codecs { get; init; } = "PCMU,PCMA";

    /// <summary>What else its account says, as baresip has it: <c>;ptime=30</c>.</summary>
    public string Account { get; init; } = "";

    /// <summary>What it says: a tone.</summary>
    public int Hertz { get; init; } = 440;

    /// <summary>How long it says it; then it is silent.</summary>
    public TimeSpan SpeaksFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where it listens: UDP and TCP there, TLS one port above; 0 for wherever.</summary>
    public int ListensAt { get; init; }

    /// <summary>Its certificate and key in one file of PEM; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The host that its descriptions name, of a <see cref="WirePhone"/>.</summary>
    public string Names { get; init; } = "127.0.0.1";

    /// <summary>Lines at the end of its descriptions, of a <see cref="WirePhone"/>.</summary>
    public string Describes { get; init; } = "";

    /// <summary>Answers calls by itself.</summary>
    public bool Answers { get; init; } = true;
}

/// <summary>
/// baresip, as somebody sets it up: a name for the domain, the emulator for an outbound proxy. Commands go by its TCP control.
/// </summary>
internal sealed class Softphone : IDisposable
{
    private const string Modules = "/usr/lib/baresip/modules";

    /// <summary>It leaves by itself, whatever becomes of the test.</summary>
    private const int LifetimeSeconds = 120;

    /// <summary>What is of no use before there is a call.</summary>
    private static readonly string[] OfCalls = ["hangup", "transfer"];

    private readonly string _folder = Directory.CreateTempSubdirectory("softphone").FullName;
    private readonly Process _process;
    private readonly int _controlPort = OwnPorts.One();

    public Softphone(PhoneSetup setup)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/baresip") && Directory.Exists(Modules), "baresip is not installed");
        var tone = Path.Combine(_folder, "tone.wav");
        File.WriteAllBytes(tone, WavWriter.Mono(Tone(setup.Hertz, setup.SpeaksFor)));
        File.WriteAllText(
            Path.Combine(_folder, "config"),
            $"sip_listen 127.0.0.1:{setup.ListensAt}\n{(setup.Certificate is null ? "" : $"sip_certificate {setup.Certificate}\n")}module_path {Modules}\nmodule stdio.so\nmodule opus.so\nmodule g722.so\nmodule g711.so\nmodule aufile.so\nmodule srtp.so\nmodule ice.so\nmodule sndfile.so\nsnd_path {_folder}\n"
            + $"module_tmp account.so\nmodule_app menu.so\nmodule_app ctrl_tcp.so\nctrl_tcp_listen 127.0.0.1:{_controlPort}\n"
            + $"audio_player aufile,/dev/null\naudio_source aufile,{tone}\naudio_alert aufile,/dev/null\n");
        File.WriteAllText(
            Path.Combine(_folder, "accounts"),
            $"<sip:{setup.User}@{setup.Domain}>;outbound=\"sip:127.0.0.1:{setup.Port};transport={setup.Transport}\";"
                + $"auth_user={setup.User};auth_pass={setup.Password};"
            + $"regint={(setup.Registers ? 600 : 0)};answermode={(setup.Answers ? "auto" : "manual")};"
                + $"audio_codecs={setup.Codecs}{(setup.IsSecure ? ";mediaenc=srtp-mand" : "")}{setup.Account}\n");
        var start = new ProcessStartInfo("/usr/bin/baresip", ["-f", _folder, "-t", LifetimeSeconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        _process = Process.Start(start)!;
        Said = Task.WhenAll(_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>All it said, once it is over.</summary>
    public Task<string[]> Said { get; }

    public Task DialAsync(string uri) => CommandAsync("dial", uri);

    /// <summary>A command of its menu: <c>hangup</c>, <c>hold</c>, <c>sndcode</c>, <c>transfer</c>.</summary>
    /// <remarks>
    /// Events of its calls come on the same connection. Who takes one for the answer and hangs up resets the connection, and a command that
    /// it has not read yet is lost: a key pressed as the call began.
    /// </remarks>
    public async Task CommandAsync(string command, string? parameters = null)
    {
        if (OfCalls.Contains(command)) await TalksAsync();
        await AskAsync(command, parameters);
    }

    /// <summary>It is gone without a word, as a phone whose battery is empty.</summary>
    public void Vanish() => _process.Kill(entireProcessTree: true);

    /// <summary>Waits until it has heard a tone long enough in the call it is in.</summary>
    /// <returns>All it has heard so far: 8 kHz.</returns>
    public Task<short[]> HearsAsync(int hertz) => Hearing.UntilAsync(
        () => Hearing.SoFar(Directory.GetFiles(_folder, "dump*dec.wav").Order(StringComparer.Ordinal).LastOrDefault()), hertz,
        TimeSpan.FromSeconds(40));

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Waits until the call is one for it too: the emulator knows a moment before the answer has reached the phone.</summary>
    private async Task TalksAsync()
    {
        for (var tries = 0; ; tries++)
        {
            var calls = await AskAsync("listcalls", null);
            if (calls.Contains("ESTABLISHED", StringComparison.Ordinal)) return;
            if (tries == 200) throw new InvalidOperationException($"baresip is in no call after ten seconds: {calls}{await LastWordsAsync()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <returns>What it answers, as it would stand in its terminal.</returns>
    private async Task<string> AskAsync(string command, string? parameters)
    {
        using var client = await ConnectAsync();
        var json = JsonSerializer.Serialize(parameters is null
            ? new Dictionary<string, string> { ["command"] = command }
            : new() { ["command"] = command, ["params"] = parameters });
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(json)}:{json},"));
        while (true)
        {
            using var told = await ToldAsync(stream, json);
            if (!told.RootElement.TryGetProperty("response", out _)) continue;
            if (told.RootElement.GetProperty("ok").GetBoolean()) return told.RootElement.GetProperty("data").GetString()!;
            throw new InvalidOperationException($"baresip, asked to {command} {parameters}: {told.RootElement}");
        }
    }

    /// <summary>What it says next; who hangs up instead has died, and its last words are told.</summary>
    private async Task<JsonDocument> ToldAsync(Stream stream, string asked)
    {
        try
        {
            return await ReadAsync(stream);
        }
        catch (IOException gone)
        {
            var hasEnded = await Task.WhenAny(Said, Task.Delay(TimeSpan.FromSeconds(5))) == Said;
            throw new IOException($"baresip hung up when told {asked}, {(hasEnded ? "and ended" : "and ran on")}: {await LastWordsAsync()}", gone);
        }
    }

    private async Task<string> LastWordsAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        return string.Join('\n', await Said);
    }

    /// <summary>One netstring: an event, or the answer to a command.</summary>
    private static async Task<JsonDocument> ReadAsync(Stream stream)
    {
        var length = 0;
        for (var one = new byte[1]; ;)
        {
            await stream.ReadExactlyAsync(one);
            if (one[0] == ':') break;
            length = (length * 10) + (one[0] - '0');
        }
        var text = new byte[length + 1];
        await stream.ReadExactlyAsync(text);
        return JsonDocument.Parse(text.AsMemory(0, length));
    }

    private async Task<TcpClient> ConnectAsync()
    {
        // It listens a moment after it has started.
        for (var tries = 0; ; tries++)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, _controlPort);
                return client;
            }
            catch (SocketException) when (tries < 100)
            {
                client.Dispose();
                if (_process.HasExited) throw new InvalidOperationException($"baresip has ended: {string.Join('\n', await Said)}");
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    private static short[] Tone(int hertz, TimeSpan time) =>
        [.. Enumerable.Range(0, 60 * 8000).Select(i => i < time.TotalSeconds * 8000 ? (short)(8000 * Sine.At(hertz, i)) : (short)0)];
}
