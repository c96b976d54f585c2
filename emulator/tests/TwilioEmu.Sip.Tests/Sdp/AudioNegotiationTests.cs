using System.Collections.Immutable;
using System.Text;
using TwilioEmu.Sip.Sdp;

namespace TwilioEmu.Sip.Tests.Sdp;

public sealed class AudioNegotiationTests
{
    private static readonly AudioTerms Ours = new("192.0.2.1", 10000, "1");
    private static readonly AudioTerms Theirs = new("192.0.2.2", 20000, "2") { EventType = 96 };

    [Fact]
    public void Offer_and_answer_come_to_the_same_on_both_ends()
    {
        var offer = AudioNegotiation.Offer(Ours);
        AudioNegotiation.Answer(Reread(offer), Theirs, out var answer, out var at).Should().Be(AudioRefusal.None);
        AudioNegotiation.Conclude(offer, Reread(answer!), Ours, out var here).Should().Be(AudioRefusal.None);
        here.Should().Be(new AudioAgreement("192.0.2.2", 20000, AudioCodec.Pcmu, 0, 0, 101, 101, MediaDirection.SendReceive,
            TimeSpan.FromMilliseconds(20), null, null, 0));
        at.Should().Be(new AudioAgreement("192.0.2.1", 10000, AudioCodec.Pcmu, 0, 0, 101, 101, MediaDirection.SendReceive,
            TimeSpan.FromMilliseconds(20), null, null, 0));
    }

    [Fact]
    public void The_offers_order_of_codecs_counts() => Agreed("m=audio 4000 RTP/AVP 9 8 0").Codec.Should().Be(AudioCodec.Pcma);

    [Fact]
    public void A_codec_under_a_number_of_its_own_is_known_by_its_map()
    {
        var agreement = Agreed("m=audio 4000 RTP/AVP 110 0\r\na=rtpmap:110 PCMA/8000");
        (agreement.Codec, agreement.SendType).Should().Be((AudioCodec.Pcma, 110));
        Agreed("m=audio 4000 RTP/AVP 0 8\r\na=rtpmap:0 L16/44100").Codec.Should().Be(AudioCodec.Pcma);
    }

    [Fact]
    public void Of_ICE_it_is_known_that_it_was_offered_and_the_answer_has_none()
    {
        Agreed("m=audio 4000 RTP/AVP 0\r\na=candidate:1 1 UDP 2130706431 192.0.2.7 4000 typ host").HasIce.Should().BeTrue();
        Agreed("m=audio 4000 RTP/AVP 0").HasIce.Should().BeFalse();
    }

    [Fact]
    public void Keys_are_answered_under_the_number_they_were_offered_under()
    {
        var agreement = Agreed("m=audio 4000 RTP/AVP 0 97 98\r\na=rtpmap:97 telephone-event/48000\r\na=rtpmap:98 telephone-event/8000");
        (agreement.SendEventType, agreement.ReceiveEventType).Should().Be((98, 98));
        Agreed("m=audio 4000 RTP/AVP 0").SendEventType.Should().BeNull();
        Agreed("m=audio 4000 RTP/AVP 0 97\r\na=rtpmap:97 telephone-event/80000").SendEventType.Should().BeNull();
    }

    [Fact]
    public void A_peer_may_name_a_type_of_its_own_for_keys()
    {
        var answer = Description("m=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/8000");
        AudioNegotiation.Conclude(AudioNegotiation.Offer(Ours), answer, Ours, out var agreement).Should().Be(AudioRefusal.None);
        (agreement!.SendEventType, agreement.ReceiveEventType).Should().Be((96, 101));
    }

    [Fact]
    public void Of_a_secure_and_a_plain_stream_for_the_same_sound_the_one_that_is_wanted_is_taken()
    {
        const string Both = "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 "
            + "inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\r\nm=audio 4000 RTP/AVP 0";
        Agreed(Both).Should().Match<AudioAgreement>(a => a.MediaIndex == 1 && !a.IsSecure);
        AudioNegotiation.Answer(
            Description(Both), Ours with { Srtp = SrtpUse.Always, SrtpKeys = Keys(1) }, out var answer, out var secure)
            .Should().Be(AudioRefusal.None);
        (secure!.MediaIndex, secure.IsSecure).Should().Be((0, true));
        answer!.Media.Select(m => m.Port).Should().Equal(10000, 0);
    }

    [Fact]
    public void Codecs_that_are_not_known_may_be_offered_first()
    {
        var agreement = Agreed(
            "m=audio 4000 RTP/AVP 96 97 9 18 0 8 101\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:97 speex/16000\r\na=fmtp:96 useinbandfec=1\r\n"
            + "a=rtpmap:101 telephone-event/8000");
        (agreement.Codec, agreement.SendType, agreement.SendEventType).Should().Be((AudioCodec.Pcmu, 0, 101));
    }

    [Theory]
    [InlineData("sendrecv", MediaDirection.SendReceive)]
    [InlineData("sendonly", MediaDirection.ReceiveOnly)]
    [InlineData("recvonly", MediaDirection.SendOnly)]
    [InlineData("inactive", MediaDirection.Inactive)]
    public void A_direction_is_answered_by_its_reverse(string offered, MediaDirection answered)
    {
        var offer = Description($"m=audio 4000 RTP/AVP 0\r\na={offered}");
        AudioNegotiation.Answer(offer, Ours, out var answer, out var agreement);
        agreement!.Direction.Should().Be(answered);
        answer!.DirectionOf(answer.Media[0]).Should().Be(answered);
    }

    [Fact]
    public void The_old_hold_by_address_is_a_hold()
    {
        Agreed("m=audio 4000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0").Direction.Should().Be(MediaDirection.ReceiveOnly);
        Agreed("m=audio 4000 RTP/AVP 0\r\na=recvonly\r\nc=IN IP4 0.0.0.0").Direction.Should().Be(MediaDirection.Inactive);
    }

    [Fact]
    public void A_direction_told_for_the_session_holds_for_its_media()
    {
        var offer = Description("a=sendonly\r\nm=audio 4000 RTP/AVP 0");
        offer.DirectionOf(offer.Media[0]).Should().Be(MediaDirection.SendOnly);
    }

    [Fact]
    public void Media_that_are_not_taken_are_refused_at_their_places()
    {
        var offer = Description("m=video 3000 RTP/AVP 31\r\nm=audio 0 RTP/AVP 0\r\nm=audio 4000 RTP/AVP 0\r\nm=audio 4002 RTP/AVP 8");
        AudioNegotiation.Answer(offer, Ours, out var answer, out var agreement).Should().Be(AudioRefusal.None);
        answer!.Media.Select(m => (m.Kind, m.Port)).Should().Equal(("video", 0), ("audio", 0), ("audio", 10000), ("audio", 0));
        agreement!.MediaIndex.Should().Be(2);
        AudioNegotiation.Offer(Ours with { Version = 2 }, answer).Media.Select(m => (m.Kind, m.Port)).Should()
            .Equal(("video", 0), ("audio", 0), ("audio", 10000), ("audio", 0));
    }

    [Theory]
    [InlineData("m=video 3000 RTP/AVP 31", SrtpUse.Never, AudioRefusal.NoAudio)]
    [InlineData("m=audio 0 RTP/AVP 0", SrtpUse.Never, AudioRefusal.NoAudio)]
    [InlineData("m=audio 4000 RTP/AVP 9 18", SrtpUse.Never, AudioRefusal.NoCommonCodec)]
    [InlineData("m=audio 4000 UDP/TLS/RTP/SAVPF 0", SrtpUse.Never, AudioRefusal.DtlsOffered)]
    [InlineData("m=audio 4000 RTP/AVP 0", SrtpUse.Always, AudioRefusal.SrtpRequired)]
    [InlineData("m=audio 4000 RTP/SAVP 0", SrtpUse.Never, AudioRefusal.SrtpNotEnabled)]
    [InlineData("m=audio 4000 RTP/SAVP 0", SrtpUse.WhenOffered, AudioRefusal.NoCommonSuite)]
    [InlineData("m=audio 4000 RTP/SAVP 0\r\na=crypto:1 F8_128_HMAC_SHA1_80 inline:AAAA", SrtpUse.WhenOffered, AudioRefusal.NoCommonSuite)]
    public void What_cannot_be_taken_has_its_reason(string media, SrtpUse srtp, AudioRefusal reason)
    {
        AudioNegotiation.Answer(Description(media), Ours with { Srtp = srtp, SrtpKeys = Keys(1) }, out var answer, out _).Should()
            .Be(reason);
        answer.Should().BeNull();
    }

    [Theory]
    [InlineData(SrtpSuite.AesCm128HmacSha1With80BitTag)]
    [InlineData(SrtpSuite.AesCm128HmacSha1With32BitTag)]
    [InlineData(SrtpSuite.AeadAes128Gcm)]
    [InlineData(SrtpSuite.AeadAes256Gcm)]
    public void Each_end_sends_under_the_key_it_told(SrtpSuite suite)
    {
        var here = Ours with { Srtp = SrtpUse.Always, SrtpKeys = Keys(1) };
        var there = Theirs with { Srtp = SrtpUse.WhenOffered, SrtpKeys = [.. Keys(2).Where(k => k.Suite == suite)] };
        var offer = AudioNegotiation.Offer(here);
        AudioNegotiation.Answer(Reread(offer), there, out var answer, out var theirs).Should().Be(AudioRefusal.None);
        AudioNegotiation.Conclude(offer, Reread(answer!), here, out var ours).Should().Be(AudioRefusal.None);
        (ours!.SendKey, ours.ReceiveKey).Should().Be((theirs!.ReceiveKey, theirs.SendKey));
        ours.SendKey!.Suite.Should().Be(suite);
        ours.SendKey.KeyAndSalt.Should().OnlyContain(b => b == 1);
        ours.ReceiveKey!.KeyAndSalt.Should().OnlyContain(b => b == 2);
    }

    [Fact]
    public void A_key_index_and_lifetime_are_read_and_unknown_parameters_are_not_taken()
    {
        SrtpCrypto.TryParse("1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20|1:4", out var crypto).Should()
            .BeTrue();
        crypto.MasterKeyIndex.Should().Be((1UL, 4));
        crypto.ToString().Should().NotContain("d0Rm");
        SrtpCrypto.TryParse("1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj UNENCRYPTED_SRTP", out _).Should()
            .BeFalse();
        SrtpCrypto.TryParse("1 AES_CM_128_HMAC_SHA1_80 inline:AAAA", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("m=audio 0 RTP/AVP 0", AudioRefusal.NoAudio)]
    [InlineData("m=audio 4000 RTP/AVP 18", AudioRefusal.NoCommonCodec)]
    [InlineData("m=audio 4000 RTP/SAVP 0", AudioRefusal.AnswerDoesNotFit)]
    [InlineData("m=audio 4000 RTP/AVP 0\r\nm=video 1 RTP/AVP 31", AudioRefusal.AnswerDoesNotFit)]
    public void An_answer_that_does_not_fit_has_its_reason(string media, AudioRefusal reason) =>
        AudioNegotiation.Conclude(AudioNegotiation.Offer(Ours), Description(media), Ours, out _).Should().Be(reason);

    [Theory, InlineData("30", 30), InlineData("7", 20), InlineData("x", 20), InlineData("25", 20), InlineData("999", 20)]
    public void The_peers_packet_time_is_kept_when_it_is_one(string told, int milliseconds) =>
        Agreed($"m=audio 4000 RTP/AVP 0\r\na=ptime:{told}").SendPtime.TotalMilliseconds.Should().Be(milliseconds);

    private static AudioAgreement Agreed(string media)
    {
        AudioNegotiation.Answer(Description(media), Ours, out _, out var agreement).Should().Be(AudioRefusal.None);
        return agreement!;
    }

    private static SessionDescription Description(string media) =>
        Read($"v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n{media}\r\n");

    private static SessionDescription Reread(SessionDescription description) => Read(SdpWriter.Text(description));

    private static SessionDescription Read(string text)
    {
        SdpReader.TryRead(Encoding.UTF8.GetBytes(text), out var description, out var error).Should().BeTrue(error.ToString());
        return description;
    }

    private static ImmutableArray<(SrtpSuite Suite, ImmutableArray<byte> KeyAndSalt)> Keys(byte of) =>
        [.. Enum.GetValues<SrtpSuite>().Select(s => (s, Enumerable.Repeat(of, SrtpCrypto.KeyLengthOf(s)).ToImmutableArray()))];
}
