using System.Globalization;
using TwilioEmu.Hosting;

namespace TwilioEmu.Commands;

/// <summary>Why a port could not be had, in words that name it, and the cure.</summary>
internal static class BindFault
{
    /// <summary>True for a fault of a port; any other is a file's.</summary>
    public static bool Is(IOException fault) =>
        fault.Message.Contains("bind", StringComparison.OrdinalIgnoreCase) || Owner(fault) is not null;

    /// <summary>One line.</summary>
    /// <param name="fault">What the server said; it calls both ports secure, since the HTTP port holds TLS for tunnels.</param>
    /// <param name="endpoints">What was to be opened.</param>
    public static string Describe(IOException fault, Endpoints endpoints)
    {
        if (Owner(fault) is { } option) return $"{fault.Message} ({option} 0 takes a free port, off opens none)";
        var isTls = endpoints.HttpsPort is { } tls && tls != endpoints.Port
            && fault.Message.Contains(Ending(tls), StringComparison.Ordinal);
        var (scheme, port, name) = isTls ? ("https", endpoints.HttpsPort!.Value, "--https-port") : ("http", endpoints.Port, "--port");
        var at = string.Create(CultureInfo.InvariantCulture, $"{scheme}://{endpoints.Host}:{port}");
        return fault.Message.Contains("in use", StringComparison.OrdinalIgnoreCase)
            ? $"cannot listen on {at}: another program has the port: stop it, or take another one ({name} 0 takes a free one)"
            : $"cannot listen on {at}: {fault.Message} (--host names an address of this machine, {name} a port you may open)";
    }

    // Phones and gateways say themselves whose port it was.
    private static string? Owner(IOException fault) =>
        fault.Message.StartsWith("SIP ", StringComparison.Ordinal) ? "--sip-port"
        : fault.Message.StartsWith("SMPP ", StringComparison.Ordinal) ? "--smpp-port"
        : null;

    private static string Ending(int port) => string.Create(CultureInfo.InvariantCulture, $":{port}:");
}
