using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Commands;

/// <summary>
/// <c>twilioemu health</c>: asks an emulator on this machine whether it is ready; for container health checks without curl.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Command Build()
    {
        var port = new Option<string?>("--port") { Description = "HTTP port (TWILIOEMU_PORT, else 4010)" };
        var command = new Command("health", "asks an emulator on this machine whether it is ready; exit 0 or 1") { port };
        command.SetAction(async (parsed, cancellation) =>
        {
            var text = parsed.GetValue(port) ?? Environment.GetEnvironmentVariable("TWILIOEMU_PORT") ?? "4010";
            if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                await System.Console.Error.WriteLineAsync($"twilioemu: --port: \"{text}\" is not a port: 1 to 65535");
                return ExitCodes.BadInput;
            }
            using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            try
            {
                using var http = new SocketHttpDoor();
                var reply = await http.SendAsync(new HttpAsk("GET", new Uri($"http://127.0.0.1:{number}/_emu/v1/health")), ending.Token);
                if (reply.Status == 200 && reply.ToJson() is { ValueKind: JsonValueKind.Object } body
                    && body.TryGetProperty("status", out _))
                {
                    return ExitCodes.Ok;
                }
                await System.Console.Error.WriteLineAsync($"twilioemu: what listens at port {number} is no emulator, or none that is "
                    + $"ready: it answered {reply.Status}");
                return ExitCodes.Failed;
            }
            catch (Exception gone) when (gone is StoryException or OperationCanceledException)
            {
                await System.Console.Error.WriteLineAsync($"twilioemu: nobody is ready at port {number}");
                return ExitCodes.Failed;
            }
        });
        return command;
    }
}
