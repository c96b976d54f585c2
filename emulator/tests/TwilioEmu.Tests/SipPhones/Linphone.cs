using System.Diagnostics;
using System.Text;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>
/// Linphone, as somebody sets it up, led by the commands of its console. It plays and records files in place of a sound card.
/// </summary>
internal sealed class Linphone : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly string _folder = Directory.CreateTempSubdirectory("linphone").FullName;
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Lock _gate = new();
    private readonly Task _reading;
    private int _seen;

    public Linphone(PhoneSetup setup)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/linphonec"), "linphone-cli is not installed");
        Directory.CreateDirectory(Path.Combine(_folder, ".local/share/linphone"));
        File.WriteAllBytes(
            Path.Combine(_folder, "tone.wav"),
            WavWriter.Mono([.. Enumerable.Range(0, 30 * 8000).Select(i => (short)(8000 * Sine.At(setup.Hertz, i)))]));
        File.WriteAllText(Path.Combine(_folder, "linphonerc"), $"""
            [sip]
            sip_port={OwnPorts.One()}
            sip_tcp_port=0
            sip_tls_port=0
            use_ipv6=0
            bind_address=127.0.0.1
            guess_hostname=0
            register_only_when_network_is_up=0
            use_rfc2833=1
            [rtp]
            audio_rtp_port=-1
            [proxy_0]
            reg_proxy=<sip:127.0.0.1:{setup.Port};transport={setup.Transport}>
            reg_route=<sip:127.0.0.1:{setup.Port};transport={setup.Transport};lr>
            reg_identity=sip:{setup.User}@{setup.Domain}
            reg_expires=600
            reg_sendregister={(setup.Registers ? 1 : 0)}
            [auth_info_0]
            username={setup.User}
            passwd={setup.Password}
            realm={(setup.Domain.EndsWith(".twilio.com", StringComparison.Ordinal) ? "sip.twilio.com" : "carrier")}

            """);
        // It leaves by itself, whatever becomes of the test.
        var start = new ProcessStartInfo(
            "timeout", ["120", "linphonec", "-c", Path.Combine(_folder, "linphonerc"), .. setup.Answers ? ["-a"] : Array.Empty<string>()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        start.Environment["HOME"] = _folder;
        // Or what asks for a sound card makes a folder of its own where all keep theirs, and leaves it.
        start.Environment["PULSE_RUNTIME_PATH"] = Path.Combine(_folder, "pulse");
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        Tell("soundcard use files");
    }

    /// <summary>All it said so far.</summary>
    public string Said
    {
        get { lock (_gate) return _said.ToString(); }
    }

    /// <summary>
    /// A command of its console: <c>call URI</c>, <c>answer</c>, <c>pause</c>,
    /// <c>resume 1</c>, keys, <c>transfer URI</c>, <c>terminate</c>.
    /// </summary>
    public void Tell(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
    }

    /// <summary>Speaks its tone, and writes down what it hears.</summary>
    public void Talk()
    {
        Tell($"play {Path.Combine(_folder, "tone.wav")}");
        Tell($"record {Path.Combine(_folder, "heard.wav")}");
    }

    /// <summary>Waits until it says that, behind what was seen before.</summary>
    public async Task SeesAsync(string words)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var at = Said.IndexOf(words, _seen, StringComparison.Ordinal);
            if (at >= 0)
            {
                _seen = at + words.Length;
                return;
            }
            (patience.IsCancellationRequested || _process.HasExited).Should().BeFalse("it should say '{0}'; it said: {1}", words, Said);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Waits until it has heard a tone long enough.</summary>
    public async Task HearsAsync(int hertz) =>
        await Hearing.UntilAsync(() => Hearing.SoFar(Path.Combine(_folder, "heard.wav")), hertz, Patience);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _reading.Wait(TimeSpan.FromSeconds(5));
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReadAsync(StreamReader from)
    {
        var buffer = new char[1024];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_gate) _said.Append(buffer, 0, count);
        }
    }
}
