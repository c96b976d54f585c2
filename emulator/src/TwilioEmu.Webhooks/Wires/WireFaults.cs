using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using TwilioEmu.Webhooks.Wires.Connecting;

namespace TwilioEmu.Webhooks.Wires;

/// <summary>Twilio's code for each way a wire fails (twilio.com/docs/api/errors; twilio.com/docs/voice/twiml).</summary>
internal static class WireFaults
{
    private const string OfContainer = "; the emulator runs in a container, where localhost is the container itself: "
        + "name the app's service (compose), or host.docker.internal (an app on the machine that runs it)";

    public static WireAnswer Silent(TimeSpan silence) =>
        Failed(WireStage.Silence, 11200, $"HTTP retrieval failure: no answer within {silence.TotalMilliseconds:0} ms", silence);

    /// <param name="left">What was left of the time for all attempts when this one began.</param>
    public static WireAnswer OutOfTime(TimeSpan left) =>
        Failed(WireStage.Total, 11203, "Communications timeout: the time for all attempts is used up", left);

    public static WireFault ConnectTimedOut(TimeSpan after) =>
        new(WireStage.Connect, 11201, $"TCP connection timed out after {after.TotalMilliseconds:0} ms") { Waited = after };

    public static WireFault HandshakeTimedOut(TimeSpan after) =>
        new(WireStage.Connect, 11220, $"SSL/TLS handshake timed out after {after.TotalMilliseconds:0} ms") { Waited = after };

    /// <summary>
    /// An address that no app has; the live service reaches public addresses alone (inferred: the code is that of a failed connection).
    /// </summary>
    public static WireFault Metadata(string host) =>
        new(
            WireStage.Connect, 11205,
            $"HTTP connection failure: '{host}' leads to where clouds keep a machine's secrets, and no webhook is sent there");

    /// <summary>No route, no name, no listener; with what mends it.</summary>
    /// <param name="target">Where it was to go.</param>
    /// <param name="fault">What the machine says.</param>
    /// <param name="isInContainer">Whether this machine is a container, whose loopback nobody outside listens at.</param>
    /// <param name="other">Where something listens at the same port; null where nothing is known to.</param>
    public static WireFault NotConnected(Uri target, SocketException fault, bool isInContainer = false, IPAddress? other = null) =>
        fault.SocketErrorCode switch
        {
            SocketError.ConnectionRefused when other is not null => new(
                WireStage.Connect, 11202,
                $"TCP connection refused: nothing listens at {target.Authority}, and something does at "
                    + $"{new IPEndPoint(other, target.Port)}: "
                    + "write localhost in the URL, which is both, or let the app listen at that address"),
            SocketError.ConnectionRefused => new(WireStage.Connect, 11202, string.Create(
                CultureInfo.InvariantCulture,
                $"TCP connection refused: nothing listens at "
                    + $"{target.Host}:{target.Port}"
                    + $"{(target.IsDefaultPort ? $", the port of {target.Scheme} where a URL names none" : "")}; "
                    + $"start the app, or name its port{(isInContainer && target.IsLoopback ? OfContainer : "")}")),
            SocketError.TimedOut => new(WireStage.Connect, 11201, "TCP connection timed out"),
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery =>
                new(
                    WireStage.Connect, 11210,
                    $"HTTP bad host name: '{target.Host}' cannot be resolved; where an app of yours is known by that name, public_names "
                        + $"(--public-names {target.GetLeftPart(UriPartial.Authority)}=http://127.0.0.1:PORT) says where it listens"),
            SocketError.NetworkUnreachable or SocketError.NetworkDown =>
                new(WireStage.Connect, 11205, "HTTP connection failure: the network cannot be reached"),
            SocketError.HostUnreachable or SocketError.HostDown =>
                new(WireStage.Connect, 11205, $"HTTP connection failure: '{target.Host}' cannot be reached"),
            // As the machine words it.
            _ => new(WireStage.Connect, 11205, $"HTTP connection failure: {fault.Message}"),
        };

    /// <summary>A handshake that failed before a certificate was looked at: most often what listens speaks no TLS.</summary>
    /// <param name="why">As the machine words it.</param>
    /// <param name="target">Where it was to go; null where that is not known.</param>
    public static WireFault NotSecured(string why, Uri? target = null) => new(
        WireStage.Connect, 11220,
        $"SSL/TLS handshake error: {why.TrimEnd('.')}; if the app speaks plain HTTP there, its URL begins with http://"
            + (target is { Scheme: "https" } ? OfPlainApp(target) : ""));

    // Apps make https URLs of the host they were asked by, since live ones stand behind a proxy that ends TLS.
    private static string OfPlainApp(Uri target) =>
        ", or, where the app makes it https by itself, "
            + $"--public-names {target.GetLeftPart(UriPartial.Authority)}=http://{target.Authority}";

    /// <summary>What the HTTP client threw, before or (<paramref name="stage"/>) after the head of an answer came.</summary>
    /// <param name="thrown">By it.</param>
    /// <param name="stage">How far it came.</param>
    /// <param name="target">Where it was sent; null once an answer began.</param>
    public static WireFault From(Exception thrown, WireStage stage, Uri? target)
    {
        // Servers that wait for TLS close the connection at the first plain byte, most of them without a word.
        var cure = target?.Scheme == Uri.UriSchemeHttp ? "; if the app speaks TLS there, its URL begins with https://" : "";
        for (var e = thrown; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case ConnectException connect: return connect.Fault;
                case SocketException socket when IsCut(socket):
                    return new(
                        stage, stage == WireStage.Answer ? 11206 : 11205, "HTTP connection failure: the app reset the connection" + cure);
                case AuthenticationException: return NotSecured(e.Message, target);
            }
        }
        var error = (thrown as HttpRequestException)?.HttpRequestError ?? (thrown as HttpIOException)?.HttpRequestError;
        return error switch
        {
            HttpRequestError.ResponseEnded =>
                new(WireStage.Answer, 11206, "HTTP protocol violation: the connection closed before the answer was whole" + cure),
            HttpRequestError.ConfigurationLimitExceeded =>
                new(WireStage.Answer, 11206, "HTTP protocol violation: the answer's headers are too long"),
            HttpRequestError.ConnectionError => new(WireStage.Connect, 11205, "HTTP connection failure"),
            _ => new(WireStage.Answer, 11206, "HTTP protocol violation: the answer cannot be read as HTTP"),
        };
    }

    /// <summary>True when a connection, once open, ended instead of answering.</summary>
    public static bool IsUnanswered(Exception thrown)
    {
        for (var e = thrown; e is not null; e = e.InnerException)
        {
            if (e is ConnectException) return false;
            if (e is SocketException socket && IsCut(socket)) return true;
        }
        return thrown is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded };
    }

    private static bool IsCut(SocketException fault) =>
        fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown;

    private static WireAnswer Failed(WireStage stage, int code, string message, TimeSpan waited) =>
        new() { Fault = new(stage, code, message) { Waited = waited } };
}
