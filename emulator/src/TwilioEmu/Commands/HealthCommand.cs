using System.CommandLine;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Commands;

/// <summary><c>twilioemu health</c>: asks an emulator on this machine whether it is ready; for container health checks without curl.</summary>
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
            if (!ushort.TryParse(text, out var number)) return ExitCodes.BadInput;
            using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            try
            {
                using var http = new SocketHttpDoor();
                var reply = await http.SendAsync(new HttpAsk("GET", new Uri($"http://127.0.0.1:{number}/_emu/v1/health")), ending.Token);
                return reply.Status == 200 ? ExitCodes.Ok : ExitCodes.Failed;
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
