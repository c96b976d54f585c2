using TwilioEmu.Sip.Parsing;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Tests.Parsing;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.UserAgents;

/// <summary>Rubbish from outside, from a seed: nothing throws, nothing grows, calls in progress go on.</summary>
public sealed class FuzzTests
{
    private static readonly byte[][] Corpus = [.. new[] { "rfc4475", "rfc5118" }.SelectMany(rfc => Fixture.Names(rfc)
        .Select(name => Fixture.Read(rfc, name)))];

    [Fact]
    public void Mutated_torture_messages_are_read_or_refused()
    {
        var random = new Random(4475);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Mutated(random);
            if (SipParser.TryParse(bytes, out var message, out var error))
                SipParser.TryParse(SipWriter.Write(message!), out _, out var again).Should()
                    .BeTrue("message {0} was read, and {1} when written", i, again);
            else error.Should().NotBe(SipParseError.None);
            SdpReader.TryRead(bytes, out _, out _);
        }
    }

    [Fact]
    public void Streams_of_rubbish_end()
    {
        var random = new Random(5118);
        for (var i = 0; i < 500; i++)
        {
            var framing = new SipFraming();
            for (var j = 0; j < 20; j++)
            {
                framing.Add(Mutated(random));
                while (framing.TryTake(out _)) { }
            }
        }
    }

    [Fact]
    public void A_call_in_progress_is_left_alone_and_the_endpoint_is_empty_afterwards()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob", o => o with
        {
            MaxTransactions = 500,
            MaxCalls = 100,
            LongestRinging = TimeSpan.FromMinutes(1)
        }).Answers());
        var call = net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(1);
        var dialog = call.Dialog!;
        var called = bob.Told<SipOutput.CallOffered>().Single().Call;
        var random = new Random(3261);
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = i % 10 == 0 ? InDialog(random, dialog) : Mutated(random);
            net.Do(bob, now => bob.Endpoint.Receive(bytes, new((SipTransport)random.Next(2), $"198.51.100.{random.Next(4)}", 5060), now));
            if (i % 100 == 0) net.Advance(0.1);
            bob.Endpoint.TransactionCount.Should().BeLessThanOrEqualTo(500);
            bob.Endpoint.CallCount.Should().BeLessThanOrEqualTo(100);
            net.Wire.Clear();
            bob.News.Clear();
        }
        call.IsEstablished.Should().BeTrue();
        // By the one whose count of the peer's requests was not led astray.
        net.Do(bob, now => called.HangUp(now));
        net.Advance(200);
        alice.Told<SipOutput.CallEnded>().Single().End.Kind.Should().Be(SipEndKind.HungUp);
        (bob.Endpoint.CallCount, bob.Endpoint.TransactionCount).Should().Be((0, 0));
    }

    /// <summary>Of the right dialog, but for methods and bodies that may be anything (never BYE or a new session).</summary>
    private static byte[] InDialog(Random random, Sip.Dialogs.Dialog dialog)
    {
        string[] methods = ["INFO", "NOTIFY", "OPTIONS", "PRACK", "REFER", "X", "UPDATE", "CANCEL"];
        var method = methods[random.Next(methods.Length)];
        var text =
            $"{method} sip:bob@192.0.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{random.Next()}\r\n"
                + $"From: {dialog.Local}\r\nTo: {dialog.Remote}\r\n"
            + $"Call-ID: {dialog.Id.CallId}\r\nCSeq: {random.Next(1, 50)} {method}\r\nEvent: refer\r\n"
                + $"RAck: {random.Next()} 1 INVITE\r\nRefer-To: <sip:x@y>\r\n\r\n";
        return System.Text.Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Mutated(Random random)
    {
        var bytes = Corpus[random.Next(Corpus.Length)].ToList();
        for (var times = random.Next(1, 8); times > 0 && bytes.Count > 4; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, ":;,<>\"\\@%= \r\n\t\0[]?"u8[random.Next(18)]); break;
                case 3: bytes.RemoveRange(at, Math.Min(random.Next(40), bytes.Count - at)); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(200), bytes.Count - at))); break;
                default: bytes.InsertRange(at, Corpus[random.Next(Corpus.Length)].Take(random.Next(100))); break;
            }
        }
        return [.. bytes];
    }
}
