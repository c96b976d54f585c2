using System.Collections.Immutable;
using System.Globalization;

namespace TwilioEmu.Sip.Sdp;

/// <summary>Offer and answer for one stream of telephone sound. Pure.</summary>
/// <remarks>
/// RFC 3264 §5 to §8; SRTP keys RFC 4568 §5.1. The first audio medium that can be taken is; all other media are refused with port 0 at
/// their places, and
/// a later offer keeps the places (§8). The answer names one codec and the events, so that nobody switches codecs in mid-call.
/// </remarks>
public static class AudioNegotiation
{
    private const string Audio = "audio";
    private const string Plain = "RTP/AVP";
    private const string Secure = "RTP/SAVP";

    public static SessionDescription Offer(AudioTerms terms, SessionDescription? last = null)
    {
        var isSecure = terms.Srtp == SrtpUse.Always;
        var attributes = ImmutableArray.CreateBuilder<SdpAttribute>();
        foreach (var codec in terms.Codecs) attributes.Add(Map(AudioFormats.StaticTypeOf(codec), AudioFormats.NameOf(codec)));
        AddEvents(attributes, terms.HasEvents ? terms.EventType : null);
        AddCommon(attributes, terms, terms.Direction);
        if (isSecure)
            foreach (var (key, index) in terms.SrtpKeys.Select((key, index) => (key, index)))
                attributes.Add(new("crypto", new SrtpCrypto(index + 1, key.Suite, key.KeyAndSalt).ToLine()));
        var formats = terms.Codecs.Select(AudioFormats.StaticTypeOf).Concat(terms.HasEvents ? [terms.EventType] : []).Select(Text);
        var media = new MediaDescription(Audio, terms.Port, isSecure ? Secure : Plain, [.. formats], null, [],
            attributes.DrainToImmutable());
        if (last is null) return Describe(terms, [media]);
        var place = Math.Max(0, last.Media.ToList().FindIndex(m => m.Kind == Audio && m.Port != 0));
        return Describe(terms, [.. last.Media.Select((old, index) => index == place ? media : Refused(old))]);
    }

    /// <summary>Answers an offer. On refusal there is no answer, and the request is refused with 488.</summary>
    public static AudioRefusal Answer(SessionDescription offer, AudioTerms terms, out SessionDescription? answer,
        out AudioAgreement? agreement)
    {
        (answer, agreement) = (null, null);
        var why = AudioRefusal.NoAudio;
        for (var i = 0; i < offer.Media.Length; i++)
        {
            if (offer.Media[i] is not { Kind: Audio, Port: not 0 } media) continue;
            var refusal = Take(offer, media, i, terms, out var taken, out agreement);
            if (refusal != AudioRefusal.None)
            {
                why = refusal;
                continue;
            }
            answer = Describe(terms, [.. offer.Media.Select((m, index) => index == i ? taken! : Refused(m))]);
            return AudioRefusal.None;
        }
        return why;
    }

    /// <summary>What our offer and the peer's answer come to.</summary>
    public static AudioRefusal Conclude(SessionDescription offer, SessionDescription answer, AudioTerms terms,
        out AudioAgreement? agreement)
    {
        agreement = null;
        if (answer.Media.Length != offer.Media.Length) return AudioRefusal.AnswerDoesNotFit;
        var place = offer.Media.ToList().FindIndex(m => m.Kind == Audio && m.Port != 0);
        var (asked, got) = (offer.Media[place], answer.Media[place]);
        if (got.Kind != Audio || got.Port == 0) return AudioRefusal.NoAudio;
        if (got.Protocol != asked.Protocol) return AudioRefusal.AnswerDoesNotFit;
        SrtpCrypto? send = null, receive = null;
        if (asked.Protocol == Secure)
        {
            if (!TryMatchAnswer(asked, got, out send, out receive)) return AudioRefusal.NoCommonSuite;
        }
        foreach (var type in AudioFormats.TypesOf(got))
        {
            if (AudioFormats.CodecOf(got, type) is not { } codec || !terms.Codecs.Contains(codec)) continue;
            var direction = MediaDirections.Answer(answer.DirectionOf(got), terms.Direction);
            agreement = Agree(answer, got, place, terms, codec, type, AudioFormats.StaticTypeOf(codec), terms.EventType, direction, send,
                receive);
            return AudioRefusal.None;
        }
        return AudioRefusal.NoCommonCodec;
    }

    private static AudioRefusal Take(
        SessionDescription offer, MediaDescription media, int place, AudioTerms terms, out MediaDescription? taken,
            out AudioAgreement? agreement)
    {
        (taken, agreement) = (null, null);
        SrtpCrypto? send = null, receive = null;
        switch (media.Protocol)
        {
            case Plain or "RTP/AVPF" when terms.Srtp == SrtpUse.Always: return AudioRefusal.SrtpRequired;
            case Plain or "RTP/AVPF": break;
            case Secure or "RTP/SAVPF" when terms.Srtp == SrtpUse.Never: return AudioRefusal.SrtpNotEnabled;
            case Secure or "RTP/SAVPF":
                if (!TryMatchOffer(media, terms, out send, out receive)) return AudioRefusal.NoCommonSuite;
                break;
            case var dtls when dtls.Contains("/TLS/", StringComparison.OrdinalIgnoreCase)
                || dtls.Contains("/DTLS/", StringComparison.OrdinalIgnoreCase):
                return AudioRefusal.DtlsOffered;
            default: return AudioRefusal.UnknownProtocol;
        }
        foreach (var type in AudioFormats.TypesOf(media))
        {
            if (AudioFormats.CodecOf(media, type) is not { } codec || !terms.Codecs.Contains(codec)) continue;
            var direction = MediaDirections.Answer(offer.DirectionOf(media), terms.Direction);
            // The offer's numbers, for the events too: they should be (RFC 3264 §6.1), and there are phones that know no others.
            var events = terms.HasEvents ? AudioFormats.EventTypeOf(media) : null;
            var attributes = ImmutableArray.CreateBuilder<SdpAttribute>();
            attributes.Add(Map(type, AudioFormats.NameOf(codec)));
            AddEvents(attributes, events);
            AddCommon(attributes, terms, direction);
            if (send is not null) attributes.Add(new("crypto", send.ToLine()));
            ImmutableArray<string> formats = events is { } e ? [Text(type), Text(e)] : [Text(type)];
            taken = new(Audio, terms.Port, media.Protocol, formats, null, [], attributes.DrainToImmutable());
            agreement = Agree(offer, media, place, terms, codec, type, type, events ?? terms.EventType, direction, send, receive);
            return AudioRefusal.None;
        }
        return AudioRefusal.NoCommonCodec;
    }

    private static AudioAgreement Agree(
        SessionDescription remote, MediaDescription media, int place, AudioTerms terms, AudioCodec codec, int sendType, int receiveType,
            int receiveEvents,
        MediaDirection direction, SrtpCrypto? send, SrtpCrypto? receive)
    {
        var sendEvents = terms.HasEvents ? AudioFormats.EventTypeOf(media) : null;
        var connection = remote.ConnectionOf(media)!;
        return new(connection.Address, media.Port, codec, sendType, receiveType, sendEvents, sendEvents is null ? null : receiveEvents,
            direction, PtimeOf(media), send, receive, place)
        {
            HasIce = media.Has("candidate") || media.Has("ice-ufrag") || remote.Attributes.Any(a => a.Name == "ice-ufrag"),
        };
    }

    /// <summary>Our key for the suite, under the tag of the first of the offer's lines we can do.</summary>
    private static bool TryMatchOffer(MediaDescription media, AudioTerms terms, out SrtpCrypto? send, out SrtpCrypto? receive)
    {
        (send, receive) = (null, null);
        foreach (var line in media.All("crypto"))
        {
            if (!SrtpCrypto.TryParse(line, out var crypto)) continue;
            foreach (var (suite, key) in terms.SrtpKeys)
            {
                if (suite != crypto.Suite) continue;
                (send, receive) = (new(crypto.Tag, suite, key), crypto);
                return true;
            }
        }
        return false;
    }

    private static bool TryMatchAnswer(MediaDescription asked, MediaDescription got, out SrtpCrypto? send, out SrtpCrypto? receive)
    {
        (send, receive) = (null, null);
        if (got.All("crypto").FirstOrDefault() is not { } line || !SrtpCrypto.TryParse(line, out var taken)) return false;
        foreach (var offered in asked.All("crypto"))
        {
            if (!SrtpCrypto.TryParse(offered, out var ours) || ours.Tag != taken.Tag || ours.Suite != taken.Suite) continue;
            (send, receive) = (ours, taken);
            return true;
        }
        return false;
    }

    private static void AddEvents(ImmutableArray<SdpAttribute>.Builder attributes, int? type)
    {
        if (type is not { } number) return;
        attributes.Add(Map(number, AudioFormats.TelephoneEvent));
        // The sixteen keys and the flash hook, RFC 4733 §3.2 table 3.
        attributes.Add(new("fmtp", $"{Text(number)} 0-16"));
    }

    private static void AddCommon(ImmutableArray<SdpAttribute>.Builder attributes, AudioTerms terms, MediaDirection direction)
    {
        attributes.Add(new("ptime", Text((int)terms.Ptime.TotalMilliseconds)));
        if (terms.MaxPtime is { } most) attributes.Add(new("maxptime", Text((int)most.TotalMilliseconds)));
        attributes.Add(new(direction.ToWord(), null));
    }

    /// <summary><c>a=ptime</c>, held to what a packet may well hold; 20 ms without.</summary>
    private static TimeSpan PtimeOf(MediaDescription media) => TimeSpan.FromMilliseconds(
        int.TryParse(media["ptime"], NumberStyles.None, CultureInfo.InvariantCulture, out var told) && told is >= 10 and <= 120
            ? told / 10 * 10 : 20);

    private static SessionDescription Describe(AudioTerms terms, ImmutableArray<MediaDescription> media) => new(
        new(terms.Username, terms.SessionId, terms.Version, terms.Address, terms.IsIPv6), terms.SessionName,
        new(terms.Address, terms.IsIPv6), [], [], media);

    private static MediaDescription Refused(MediaDescription media) => new(media.Kind, 0, media.Protocol, media.Formats, null, [], []);

    private static SdpAttribute Map(int type, string name) => new("rtpmap", $"{Text(type)} {name}/8000");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
