using System.Collections.Immutable;

namespace TwilioEmu.Sip.Sdp;

/// <summary>A session as SDP tells it: who, where, and the media in order. Immutable.</summary>
/// <param name="Lines">Session-level lines that are not read into the other members (<c>b=</c>, <c>k=</c>, unknown), in order, without
/// their line ends.</param>
/// <remarks>RFC 8866. Times, repeats and zones are kept as lines and mean nothing to a telephone call.</remarks>
public sealed record SessionDescription(
    SdpOrigin Origin, string Name, SdpConnection? Connection, ImmutableArray<string> Lines, ImmutableArray<SdpAttribute> Attributes,
        ImmutableArray<MediaDescription> Media)
{
    /// <summary>Where that medium is received: its own <c>c=</c>, else the session's.</summary>
    public SdpConnection? ConnectionOf(MediaDescription media) => media.Connection ?? Connection;

    /// <summary>RFC 8866 §6.7: the medium's own word, else the session's, else both ways. The old hold, <c>c=0.0.0.0</c>, means no sending
    /// (RFC 3264 §8.4).</summary>
    public MediaDirection DirectionOf(MediaDescription media)
    {
        var direction = MediaDirections.In(media.Attributes) ?? MediaDirections.In(Attributes) ?? MediaDirection.SendReceive;
        return ConnectionOf(media) is { IsUnspecified: true } ? direction & MediaDirection.SendOnly : direction;
    }
}

/// <summary><c>o=username sess-id sess-version nettype addrtype unicast-address</c></summary>
public sealed record SdpOrigin(string Username, string SessionId, ulong Version, string Address, bool IsIPv6);

/// <summary><c>c=IN IP4 address</c></summary>
public sealed record SdpConnection(string Address, bool IsIPv6)
{
    public bool IsUnspecified => Address is "0.0.0.0" or "::";
}

/// <summary><c>a=name</c> or <c>a=name:value</c></summary>
public readonly record struct SdpAttribute(string Name, string? Value)
{
    public override string ToString() => Value is null ? Name : $"{Name}:{Value}";
}

/// <summary><c>m=media port proto fmt ...</c> and what follows it.</summary>
/// <param name="Kind"><c>audio</c>, <c>video</c>, ...</param>
/// <param name="Port">0 is a medium refused or ended.</param>
/// <param name="Protocol"><c>RTP/AVP</c>, <c>RTP/SAVP</c>, ...</param>
/// <param name="Formats">Payload types for RTP, in the order of preference.</param>
public sealed record MediaDescription(
    string Kind, int Port, string Protocol, ImmutableArray<string> Formats, SdpConnection? Connection, ImmutableArray<string> Lines,
        ImmutableArray<SdpAttribute> Attributes)
{
    public string? this[string attribute] => Attributes.FirstOrDefault(a => a.Name == attribute).Value;

    public IEnumerable<string> All(string attribute) => Attributes.Where(a => a.Name == attribute && a.Value is not null)
        .Select(a => a.Value!);

    public bool Has(string attribute) => Attributes.Any(a => a.Name == attribute);
}
