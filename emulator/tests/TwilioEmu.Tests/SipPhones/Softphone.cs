using System.Diagnostics;
using System.Globalization;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>baresip, as somebody sets it up for a SIP domain: its name for the domain, the emulator for an outbound proxy.</summary>
internal sealed class Softphone : IDisposable
{
    private const string Modules = "/usr/lib/baresip/modules";

    private readonly string _folder = Directory.CreateTempSubdirectory("softphone").FullName;
    private readonly Process _process;

    /// <param name="user">At the domain.</param>
    /// <param name="domain">As the phone dials it.</param>
    /// <param name="password">Of the user.</param>
    /// <param name="port">Of the emulator.</param>
    /// <param name="command">Typed once it runs; null to wait for calls, which it answers.</param>
    /// <param name="seconds">How long it runs at most.</param>
    /// <param name="registers">False: it only calls.</param>
    public Softphone(string user, string domain, string password, int port, string? command, int seconds, bool registers)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/baresip") && Directory.Exists(Modules), "baresip is not installed");
        // What it says: a tone, for as long as anybody calls.
        var tone = Path.Combine(_folder, "tone.wav");
        File.WriteAllBytes(tone, WavWriter.Mono(Tone()));
        File.WriteAllText(
            Path.Combine(_folder, "config"),
            $"sip_listen 127.0.0.1:0\nmodule_path {Modules}\nmodule stdio.so\nmodule g711.so\nmodule aufile.so\nmodule_tmp account.so\nmodule_app menu.so\n"
            + $"audio_player aufile,/dev/null\naudio_source aufile,{tone}\naudio_alert aufile,{tone}\n");
        File.WriteAllText(
            Path.Combine(_folder, "accounts"),
            $"<sip:{user}@{domain}>;outbound=\"sip:127.0.0.1:{port};transport=udp\";auth_user={user};auth_pass={password};regint={(registers ? 600 : 0)};answermode=auto;audio_codecs=PCMU,PCMA\n");
        var start = new ProcessStartInfo("/usr/bin/baresip", ["-f", _folder, "-t", seconds.ToString(CultureInfo.InvariantCulture), .. command is null ? Array.Empty<string>() : ["-e", command]])
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

    /// <summary>Twenty seconds of 440 Hz.</summary>
    private static short[] Tone() => [.. Enumerable.Range(0, 20 * 8000).Select(i => (short)(8000 * Sine.At(440, i)))];

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
