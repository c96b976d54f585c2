using System.Globalization;
using TwilioEmu.Hosting;

namespace TwilioEmu.Commands;

/// <summary>Why a port could not be had, in words that name it, and the cure.</summary>
internal static class BindFault
{
    /// <summary>One line.</summary>
    /// <param name="fault">What the server said; it calls both ports secure, since the HTTP port holds TLS for tunnels.</param>
    /// <param name="endpoints">What was to be opened.</param>
    public static string Describe(IOException fault, Endpoints endpoints)
    {
        if (fault.Message.StartsWith("SIP ", StringComparison.Ordinal)) return $"{fault.Message} (--sip-port 0 takes a free port, off opens none)";
        if (fault.Message.StartsWith("SMPP ", StringComparison.Ordinal)) return $"{fault.Message} (--smpp-port 0 takes a free port, off opens none)";
        var isTls = endpoints.HttpsPort is { } tls && tls != endpoints.Port && fault.Message.Contains(Ending(tls), StringComparison.Ordinal);
        var (scheme, port, option) = isTls ? ("https", endpoints.HttpsPort!.Value, "--https-port") : ("http", endpoints.Port, "--port");
        var at = string.Create(CultureInfo.InvariantCulture, $"{scheme}://{endpoints.Host}:{port}");
        return fault.Message.Contains("in use", StringComparison.OrdinalIgnoreCase)
            ? $"cannot listen on {at}: another program has the port: stop it, or take another one ({option} 0 takes a free one)"
            : $"cannot listen on {at}: {fault.Message} (--host names an address of this machine, {option} a port you may open)";
    }

    private static string Ending(int port) => string.Create(CultureInfo.InvariantCulture, $":{port}:");
}
