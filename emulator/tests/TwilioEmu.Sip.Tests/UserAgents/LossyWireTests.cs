using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.UserAgents;

/// <summary>A fifth of all datagrams is lost, others overtake each other: every call completes all the same.</summary>
public sealed class LossyWireTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Every_call_completes(int seed)
    {
        var random = new Random(seed);
        var net = new Net(_ => random.Next(5) == 0 ? null : TimeSpan.FromMilliseconds(random.Next(300)));
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers(seconds: 1));
        for (var i = 0; i < 25; i++)
        {
            var call = net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
            net.Advance(20);
            call.IsEstablished.Should().BeTrue("call {0}", i);
            net.Do(i % 2 == 0 ? alice : bob, now => (i % 2 == 0 ? call : (SipCall)bob.Told<SipOutput.CallOffered>().Last().Call)
                .HangUp(now));
            net.Advance(20);
        }
        alice.Told<SipOutput.CallEnded>().Should().HaveCount(25).And.OnlyContain(e => e.End.Kind == SipEndKind.HungUp);
        bob.Told<SipOutput.CallEnded>().Should().HaveCount(25).And.OnlyContain(e => e.End.Kind == SipEndKind.HungUp);
        bob.Told<SipOutput.CallOffered>().Should().HaveCount(25);
        net.Advance(120);
        (alice.Endpoint.TransactionCount, bob.Endpoint.TransactionCount, alice.Endpoint.CallCount, bob.Endpoint.CallCount).Should()
            .Be((0, 0, 0, 0));
    }

    [Fact]
    public void The_same_seed_gives_the_same_wire()
    {
        Run().Should().Equal(Run());

        static List<string> Run()
        {
            var random = new Random(7);
            var net = new Net(_ => random.Next(4) == 0 ? null : TimeSpan.FromMilliseconds(random.Next(100)));
            var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers(seconds: 1));
            net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
            net.Advance(60);
            return net.Wire;
        }
    }
}
