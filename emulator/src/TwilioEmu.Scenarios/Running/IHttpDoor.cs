namespace TwilioEmu.Scenarios.Running;

/// <summary>Asks over HTTP: the REST API of a story's world, the control API of an emulator that runs elsewhere.</summary>
public interface IHttpDoor
{
    /// <summary>Asks and waits for the whole answer.</summary>
    /// <exception cref="StoryException">Nobody answered.</exception>
    Task<HttpReply> SendAsync(HttpAsk ask, CancellationToken cancellation);
}

/// <summary>A request.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Url">Absolute.</param>
/// <param name="User">For Basic authentication, with its password; null for none.</param>
/// <param name="Password">The user's.</param>
/// <param name="ContentType">Of the body; null for none.</param>
/// <param name="Body">What is sent.</param>
public sealed record HttpAsk(string Method, Uri Url, string? User = null, string? Password = null, string? ContentType = null, ReadOnlyMemory<byte> Body = default);

/// <summary>An answer.</summary>
public sealed record HttpReply(int Status, string? ContentType, ReadOnlyMemory<byte> Body);
