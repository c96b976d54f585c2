using System.Net;

namespace TwilioEmu;

/// <summary>The emulator refused a call of the control API.</summary>
/// <param name="status">400 for a bad field, 404 for what it does not know, 409
/// for what cannot be now, 501 for what it does not emulate.</param>
/// <param name="detail">What is wrong, in words.</param>
/// <param name="call">Method and path.</param>
public sealed class EmulatorException(
    HttpStatusCode status, string detail, string call) : Exception($"{call} answered {(int)status}: {detail}")
{
    /// <summary>HTTP status.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The emulator's own words (RFC 9457, detail).</summary>
    public string Detail { get; } = detail;
}
