using System.Net;
using System.Net.Sockets;
using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>Texts that a gateway submits with a window of 100, beside a bare TCP echo of the same PDUs.</summary>
/// <remarks>
/// Each text is a message of an account, in its list and in the journal, before
/// it is answered. Alternating, so that a busy machine is busy for both.
/// </remarks>
internal static class SmppSubmits
{
    private const int Window = 100;
    /// <summary>Texts of a measurement; a quarter as many are submitted before, so that few measure a cold process.</summary>
    public const int UsualCount = 20_000;

    private const int WarmUpShare = 4;
    private const int Phones = 1_000;
    private const int Rounds = 3;

    public static async Task<int> RunAsync(Programs programs, int count)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await using var sink = await Sink.StartAsync(TimeSpan.Zero, isCounting: true);
            var echoPort = FreePort();
            using var bare = await Child.StartAsync(programs.Bare, "0", $"{echoPort}");
            var echoed = await MeasureAsync(bare, echoPort, false, "+14155550100", count);
            var smppPort = FreePort();
            using var emulator = await Child.StartAsync(programs.Emulator, "serve", "--log", "quiet", "--port", "0", "--smpp-port", $"{smppPort}", "--seed", "1", "--config", await ConfigAsync(sink.Url));
            var silent = await MeasureAsync(emulator, smppPort, true, "+14155550100", count);
            var told = await MeasureAsync(emulator, smppPort, true, "+14155550101", count);
            var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
            Out.WriteLine(
                $"round {round}: submit_sm with a window of {Window}: {silent} to a number without an app, {told} while an app is told of each, "
                + $"bare echo {echoed}: {silent.PerSecond / echoed.PerSecond:0.00} and {told.PerSecond / echoed.PerSecond:0.00}; load average {load}");
        }
        return 0;
    }

    private static async Task<Rate> MeasureAsync(Child program, int port, bool binds, string to, int count)
    {
        using var load = await SmppLoad.ConnectAsync(port);
        if (binds) await load.BindAsync("gateway", "secret08");
        var texts = Enumerable.Range(0, Phones).Select(i => SmppLoad.Text(i, to)).ToList();
        await load.SubmitAsync(texts, count / WarmUpShare, Window);
        var before = program.Processor;
        var perSecond = await load.SubmitAsync(texts, count, Window);
        return new Rate(perSecond, (program.Processor - before).TotalMicroseconds / count);
    }

    private sealed record Rate(double PerSecond, double Processor)
    {
        public override string ToString() => $"{PerSecond:N0}/s ({Processor:F0} us of processor each)";
    }

    private static async Task<string> ConfigAsync(string appUrl)
    {
        var config = Path.Combine(Path.GetTempPath(), "twilioemu-bench-smpp.yaml");
        await File.WriteAllTextAsync(config, $$"""
            numbers:
              - { number: "+14155550100" }
              - { number: "+14155550101", sms_url: "{{appUrl}}" }
            smpp:
              systems:
                - { system_id: gateway, password: secret08, numbers: ["+1415556*"] }
            """);
        return config;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
