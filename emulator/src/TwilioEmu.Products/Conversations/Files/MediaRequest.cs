using TwilioEmu.Messaging;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Products.Conversations.Files;

/// <summary>What is asked of the media service.</summary>
/// <param name="Method">As it came.</param>
/// <param name="Path">From the version on: <c>/v1/Services/IS.../Media</c>.</param>
/// <param name="BaseUrl">What stands before it, as the client spelt it; answers lead there.</param>
public sealed record MediaRequest(string Method, string Path, string BaseUrl)
{
    /// <summary>Basic user name, or null.</summary>
    public string? User { get; init; }

    /// <summary>Basic password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>The token of <c>Authorization: Bearer</c>, or null.</summary>
    public string? Bearer { get; init; }

    /// <summary>What SDKs of browsers and phones show instead (<c>X-Twilio-Token</c>), or null.</summary>
    public string? SdkToken { get; init; }

    /// <summary>The seconds (Unix) until which a link is good, as it says itself.</summary>
    public string? Expires { get; init; }

    /// <summary>A link's signature.</summary>
    public string? Signature { get; init; }

    /// <summary>The body, with what stands beside it; null while it was not read.</summary>
    public MediaUpload? Upload { get; init; }
}

/// <summary>A file that is uploaded, or the command of a set.</summary>
/// <remarks>Made off the loop: the bytes are named then, which takes a while where they are many.</remarks>
/// <param name="ContentType">Without its parameters.</param>
/// <param name="Content">The bytes.</param>
public sealed record MediaUpload(string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>What the bytes are kept by.</summary>
    public string Hash { get; } = MessagingProduct.NameOfMedia(Content.Span);

    /// <summary>What it is to be called; null for nothing.</summary>
    public string? Name { get; init; }

    /// <summary>What it is to a message; null for a picture or file of one.</summary>
    public string? Category { get; init; }
}

/// <summary>What the media service answers: a refusal, JSON, a file's bytes, the address where they are, or nothing.</summary>
public sealed record MediaAnswer(int Status)
{
    public TwilioError? Refusal { get; init; }

    /// <summary>Written out; null for none.</summary>
    public ReadOnlyMemory<byte>? Json { get; init; }

    /// <summary>A file's.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    /// <summary>That file's.</summary>
    public string? ContentType { get; init; }

    /// <summary>Where the bytes are.</summary>
    public string? LeadsTo { get; init; }

    /// <summary>Seq of the last entry that must be kept before it is answered; 0 where nothing was changed.</summary>
    public long Changed { get; init; }
}
