using System.Security.Cryptography;
using System.Text.Json;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Tls;

namespace TwilioEmu.Redirection;

/// <summary>
/// Finds out for a command that runs beside an emulator what only the emulator knows:
/// its root, where that is not kept in files, and its first account.
/// </summary>
internal static class EmulatorFinder
{
    /// <summary>
    /// An emulator that was started in the same breath, on a busy machine: <c>twilioemu serve &amp; eval "$(twilioemu env)"</c>.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShortLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The root, PEM; null after saying why not.</summary>
    public static async Task<string?> CaAsync(CaSource source, IReadOnlyList<Uri> emulators, CancellationToken cancellation)
    {
        try
        {
            if (source.IsKept)
            {
                using var authority = source.Open(TimeProvider.System);
                return authority.CertificatePem;
            }
            var reply = await AskAsync(emulators, "/_emu/v1/ca.pem", Limit, controlToken: null, cancellation, TellsThatItWaits);
            if (reply.Status == 200) return System.Text.Encoding.UTF8.GetString(reply.Body.Span);
            await System.Console.Error.WriteLineAsync($"twilioemu: what listens at {string.Join(" or ", emulators)} answered "
                + $"{reply.Status} for the CA of an emulator: it is none, or none of this version; --port or --url names another");
        }
        catch (Exception gone) when (IsGone(gone, cancellation))
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: nobody listens at {string.Join(" or ", emulators)}: start the emulator "
                + "first, name it with --url or --port, or keep its CA with --data DIR");
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: the CA cannot be used: {fault.Message}");
        }
        return null;
    }

    /// <summary>SID and token of its first account; null where nobody tells.</summary>
    /// <param name="emulators">Where to ask, best first.</param>
    /// <param name="controlToken">What its control API asks for, where that is known.</param>
    /// <param name="isKnownToRun">Whether one has answered already, and only needs time; else it may be that none is meant to run.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static Task<(string Sid, string Token)?> AccountAsync(
        IReadOnlyList<Uri> emulators, string? controlToken, bool isKnownToRun, CancellationToken cancellation) =>
        AccountAsync(emulators, controlToken, isKnownToRun ? Limit : ShortLimit, cancellation);

    /// <summary>The same, with as much patience as is told.</summary>
    internal static async Task<(string Sid, string Token)?> AccountAsync(
        IReadOnlyList<Uri> emulators, string? controlToken, TimeSpan within, CancellationToken cancellation)
    {
        try
        {
            var reply = await AskAsync(emulators, "/_emu/v1/accounts?limit=1", within, controlToken, cancellation);
            if (reply.Status != 200) return null;
            using var answer = JsonDocument.Parse(reply.Body);
            var first = answer.RootElement.GetProperty("accounts")[0];
            return (first.GetProperty("sid").GetString()!, first.GetProperty("auth_token").GetString()!);
        }
        catch (Exception gone) when (IsGone(gone, cancellation)
            || gone is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static void TellsThatItWaits(IReadOnlyList<Uri> emulators) => System.Console.Error.WriteLine(
        $"twilioemu: nobody listens at {string.Join(" or ", emulators)} yet: waiting {Limit.TotalSeconds:0} s for an emulator to start");

    private static bool IsGone(Exception fault, CancellationToken cancellation) =>
        fault is StoryException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);

    // An emulator that was started just before gets the time to open its door.
    private static async Task<HttpReply> AskAsync(
        IReadOnlyList<Uri> emulators, string path, TimeSpan within, string? controlToken, CancellationToken cancellation,
        Action<IReadOnlyList<Uri>>? waits = null)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var limit = new CancellationTokenSource(within, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        using var http = new SocketHttpDoor { ControlToken = controlToken };
        while (true)
        {
            foreach (var emulator in emulators)
            {
                try
                {
                    var reply = await http.SendAsync(new HttpAsk("GET", new Uri(emulator, path)), ending.Token);
                    if (reply.Status != 503) return reply;
                }
                catch (StoryException) when (!ending.IsCancellationRequested)
                {
                    // Nobody listens there yet.
                }
            }
            if (waits is not null && TimeProvider.System.GetElapsedTime(begun) > ShortLimit)
            {
                waits(emulators);
                waits = null;
            }
            await Task.Delay(Pause, TimeProvider.System, ending.Token);
        }
    }
}
