using TwilioEmu.Sip.Sdp;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Our end of a call's offers and answers: what it said last, and how it goes on from there (RFC 3264 §8).</summary>
/// <remarks>Loop-confined. A description that may differ has a version of its own, and keeps the places of the media before it.</remarks>
/// <param name="terms">What this end brings to them.</param>
internal sealed class SoundOffers(AudioTerms terms)
{
    private AudioTerms _terms = terms;
    private SessionDescription? _said;
    private (SessionDescription Offer, AudioTerms Terms)? _offered;

    /// <summary>An offer; where a session stands it offers the same again: as secure, the keys under the same number.</summary>
    /// <param name="standing">What was agreed on before; null for nothing.</param>
    public byte[] Offer(AudioAgreement? standing)
    {
        var next = Next();
        if (standing is not null)
        {
            next = next with
            {
                Srtp = standing.IsSecure ? SrtpUse.Always : SrtpUse.Never,
                EventType = standing.ReceiveEventType ?? next.EventType,
            };
        }
        _said = AudioNegotiation.Offer(next, _said);
        _offered = (_said, next);
        return SdpWriter.Write(_said);
    }

    /// <summary>What a peer's answer to our last offer comes to; false for one that does not fit, or is none.</summary>
    public bool TryConclude(ReadOnlySpan<byte> body, out AudioAgreement? agreement)
    {
        agreement = null;
        return _offered is var (offer, terms) && SdpReader.TryRead(body, out var answer, out _)
            && AudioNegotiation.Conclude(offer, answer, terms, out agreement) == AudioRefusal.None;
    }

    /// <summary>
    /// Answers an offer. The status that refuses it: 0 when there is an answer, 400 for a body that cannot be read, 488 for what is not
    /// to be had.
    /// </summary>
    public int Answer(ReadOnlySpan<byte> body, out byte[] answer, out AudioAgreement? agreement)
    {
        (answer, agreement) = ([], null);
        return SdpReader.TryRead(body, out var offer, out _) ? Answer(offer, out answer, out agreement) : 400;
    }

    /// <summary>The same of an offer that was read before.</summary>
    public int Answer(SessionDescription offer, out byte[] answer, out AudioAgreement? agreement)
    {
        (answer, agreement) = ([], null);
        if (AudioNegotiation.Answer(offer, Next(), out var said, out agreement) != AudioRefusal.None) return 488;
        _said = said;
        answer = SdpWriter.Write(said!);
        return 0;
    }

    private AudioTerms Next() => _terms = _said is null ? _terms : _terms with { Version = _terms.Version + 1 };
}
