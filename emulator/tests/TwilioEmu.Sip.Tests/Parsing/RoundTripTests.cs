using FsCheck;
using FsCheck.Fluent;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Sip.Tests.Parsing;

/// <summary>parse . write = id</summary>
public sealed class RoundTripTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void A_message_that_is_written_reads_the_same() => Prop.ForAll<int>(seed =>
    {
        var message = new MadeUp(seed).Message();
        SipParser.TryParse(SipWriter.Write(message), out var again, out var error).Should().BeTrue("{0} in seed {1}", error, seed);
        again!.ToString().Should().Be(message.ToString());
        again.Headers.Lines.Should().Equal(message.Headers.With(HeaderNames.ContentLength, message.Body.Length.ToString()).Lines);
        again.Body.ToArray().Should().Equal(message.Body.ToArray());
        again.Identity.Should().Be(new SipIdentity(message.TopVia, message.From, message.To, message.CallId, message.CSeq));
    }).Check(Many);

    [Fact]
    public void A_URI_that_is_written_reads_the_same() => Prop.ForAll<int>(seed =>
    {
        var uri = new MadeUp(seed).Uri();
        return SipUri.TryParse(uri.ToString(), out var again) && again == uri && again.IsEquivalentTo(uri);
    }).Check(Many);

    [Fact]
    public void A_party_that_is_written_reads_the_same() => Prop.ForAll<int>(seed =>
    {
        var address = new MadeUp(seed).Address();
        NameAddr.TryParse(address.ToString(), out var again).Should().BeTrue("{0} in seed {1}", address, seed);
        again.Should().Be(address);
    }).Check(Many);

    [Fact]
    public void A_stream_gives_the_same_messages_however_it_is_cut() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var messages = Enumerable.Range(0, 4).Select(i => SipWriter.Write(new MadeUp(seed + i).Message()).ToArray()).ToArray();
        var stream = messages.SelectMany(m => random.Next(3) == 0 ? ["\r\n"u8.ToArray(), m] : new[] { m }).SelectMany(m => m).ToArray();
        var framing = new SipFraming();
        var taken = new List<byte[]>();
        for (var at = 0; at < stream.Length;)
        {
            var count = Math.Min(random.Next(1, 200), stream.Length - at);
            framing.Add(stream.AsSpan(at, count));
            at += count;
            while (framing.TryTake(out var message)) taken.Add(message.ToArray());
        }
        return taken.Count == messages.Length && taken.Zip(messages).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
    }).Check(Many);
}
