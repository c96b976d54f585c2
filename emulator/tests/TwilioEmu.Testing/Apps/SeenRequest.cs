using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Testing.Apps;

/// <summary>A request a fake app has received.</summary>
/// <param name="Request">As it came.</param>
/// <param name="IsSigned">True when its signature is the right one.</param>
public sealed record SeenRequest(AppRequest Request, bool IsSigned)
{
    public string Method => Request.Method;

    public string Path => Request.Url.AbsolutePath;

    /// <summary>The value of a parameter, or null.</summary>
    public string? this[string parameter] => Request.Parameters.Where(p => p.Key == parameter).Select(p => p.Value).FirstOrDefault();

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) =>
        Request.Headers.Where(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).FirstOrDefault();
}
