using System.Security.Cryptography;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Tls;

namespace TwilioEmu.Redirection;

/// <summary>Finds the root for a command that runs beside the emulator: in its files where it is kept, else by asking the emulator.</summary>
internal static class CaFinder
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The root, PEM; null after saying why not.</summary>
    public static async Task<string?> FindAsync(CaSource source, Uri emulator, CancellationToken cancellation)
    {
        try
        {
            if (source.IsKept)
            {
                using var authority = source.Open(TimeProvider.System);
                return authority.CertificatePem;
            }
            using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            using var http = new SocketHttpDoor();
            var reply = await AskAsync(http, new HttpAsk("GET", new Uri(emulator, "/_emu/v1/ca.pem")), ending.Token);
            if (reply.Status == 200) return System.Text.Encoding.UTF8.GetString(reply.Body.Span);
            await System.Console.Error.WriteLineAsync($"twilioemu: {emulator} answered {reply.Status} for its CA");
        }
        catch (Exception gone) when (gone is StoryException or OperationCanceledException)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: nobody listens at {emulator}: start the emulator first, name it with --url or --port, or keep its CA with --data DIR");
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: the CA cannot be used: {fault.Message}");
        }
        return null;
    }

    // An emulator that was started just before gets the time to open its door.
    private static async Task<HttpReply> AskAsync(SocketHttpDoor http, HttpAsk ask, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var reply = await http.SendAsync(ask, cancellation);
                if (reply.Status != 503) return reply;
            }
            catch (StoryException) when (!cancellation.IsCancellationRequested)
            {
                // Nobody listens yet.
            }
            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }
}
