using System.Collections.Immutable;

namespace TwilioEmu.Sip.Sdp;

/// <summary>How SRTP is meant. RTP/SAVP and RTP/AVP are the offer's word for it.</summary>
public enum SrtpUse
{
    /// <summary>Offered never; an offer of SAVP is refused.</summary>
    Never,

    /// <summary>Offered never; an offer of it is taken.</summary>
    WhenOffered,

    /// <summary>Offered as SAVP; an offer without it is refused.</summary>
    Always,
}

/// <summary>What this end brings to a negotiation.</summary>
/// <param name="Address">Where we receive; IPv6 without brackets.</param>
/// <param name="SessionId">Of <c>o=</c>: digits, the same for all descriptions of a dialog.</param>
/// <param name="Version">Of <c>o=</c>: one more than the last whenever the description changes (RFC 3264 §8).</param>
public sealed record AudioTerms(string Address, int Port, string SessionId, ulong Version = 1)
{
    /// <summary>By preference; an answer follows the offer's order.</summary>
    public ImmutableArray<AudioCodec> Codecs { get; init; } = [AudioCodec.Pcmu, AudioCodec.Pcma];

    public bool HasEvents { get; init; } = true;

    /// <summary>The payload type on which we offer to receive events; an answer has the offer's.</summary>
    public int EventType { get; init; } = AudioFormats.UsualEventType;

    public MediaDirection Direction { get; init; } = MediaDirection.SendReceive;

    public TimeSpan Ptime { get; init; } = TimeSpan.FromMilliseconds(20);

    public SrtpUse Srtp { get; init; } = SrtpUse.Never;

    /// <summary>One per suite we can do, in our order, fresh for each call and from the host's source of randomness.</summary>
    public ImmutableArray<(SrtpSuite Suite, ImmutableArray<byte> KeyAndSalt)> SrtpKeys { get; init; } = [];

    /// <summary><c>s=</c>.</summary>
    public string SessionName { get; init; } = "-";

    /// <summary>User name of <c>o=</c>.</summary>
    public string Username { get; init; } = "-";

    /// <summary><c>a=maxptime</c>: no more sound in a packet is wanted; null says nothing of it.</summary>
    public TimeSpan? MaxPtime { get; init; }

    internal bool IsIPv6 => Address.Contains(':', StringComparison.Ordinal);
}

/// <summary>What both ends agreed on for the one audio stream.</summary>
/// <param name="RemoteAddress">Where the peer receives.</param>
/// <param name="SendType">The payload type of the codec on what we send: the peer's number.</param>
/// <param name="ReceiveType">The payload type of the codec on what we get: our number.</param>
/// <param name="SendEventType">For keys we send; null when the peer takes none.</param>
/// <param name="Direction">Seen from us: held by the peer is <see cref="MediaDirection.ReceiveOnly"/> or
/// <see cref="MediaDirection.Inactive"/>.</param>
/// <param name="SendPtime">How much sound the peer wants in a packet.</param>
/// <param name="SendKey">The key under which we send; null in the clear.</param>
/// <param name="MediaIndex">Which <c>m=</c> line it is.</param>
public sealed record AudioAgreement(
    string RemoteAddress, int RemotePort, AudioCodec Codec, int SendType, int ReceiveType, int? SendEventType, int? ReceiveEventType,
    MediaDirection Direction, TimeSpan SendPtime, SrtpCrypto? SendKey, SrtpCrypto? ReceiveKey, int MediaIndex)
{
    public bool IsSecure => SendKey is not null;

    /// <summary>
    /// The peer's description has ICE (RFC 8839 §5), and none of ours has: it is to go on as without (RFC 8445 §5.1.1, RFC 8839 §4.2.3).
    /// </summary>
    public bool HasIce { get; init; }
}

/// <summary>Why there is no agreement. Answered 488 but for a body that cannot be read: 400 (RFC 3261 §21.4.26).</summary>
public enum AudioRefusal
{
    None,

    /// <summary>No <c>m=audio</c> with a port.</summary>
    NoAudio,
    NoCommonCodec,

    /// <summary>SRTP whose keys come by DTLS (RFC 5764), as browsers offer it.</summary>
    DtlsOffered,

    /// <summary>Neither RTP/AVP nor RTP/SAVP.</summary>
    UnknownProtocol,

    /// <summary>SRTP is required here and was not offered.</summary>
    SrtpRequired,

    /// <summary>SRTP was offered and is not wanted here.</summary>
    SrtpNotEnabled,

    /// <summary>SAVP without a crypto line of a suite we can do.</summary>
    NoCommonSuite,

    /// <summary>The answer does not fit the offer: other count of media, a codec or crypto line we did not offer.</summary>
    AnswerDoesNotFit,
}
