using System.Text;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.Tests.SipEndpoints;

/// <summary>
/// Two SIP phones in one world's virtual time: signalling over a network in memory,
/// sound by tracks that name each other. No socket, no packet, no frame clock.
/// </summary>
public sealed class VirtualCallTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(30);

    [Fact]
    public async Task A_call_of_an_hour_is_made_heard_and_ended_while_no_time_goes_by()
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Auto(), Start = WorldOptions.StoryStart });
        var net = new Net(world);
        var (alice, bob) = (net.Add("alice", ToneKind.MachineBeep), net.Add("bob", ToneKind.FaxCalling));
        var heard = await world.Loop.RunAsync(
            async () =>
            {
                alice.Calls(bob);
                await Task.Delay(TimeSpan.FromSeconds(3), world.Clock);
                alice.IsTalking.Should().BeTrue();
                bob.IsTalking.Should().BeTrue();
                await Task.Delay(TimeSpan.FromHours(1), world.Clock);
                alice.Speaks();
                bob.Speaks();
                await Task.Delay(TimeSpan.FromMilliseconds(300), world.Clock);
                var frame = Grid.FrameAt(world.Clock.GetUtcNow()) - 10;
                var heard = (net.Rendered(alice, frame), net.Rendered(bob, frame));
                bob.HangsUp();
                await Task.Delay(TimeSpan.FromMinutes(1), world.Clock);
                return heard;
            },
            CancellationToken.None);
        Goertzel.Share(heard.Item1, 1100).Should().BeGreaterThan(0.9, "alice hears bob");
        Goertzel.Share(heard.Item2, 1000).Should().BeGreaterThan(0.9, "bob hears alice");
        (alice.IsTalking, bob.IsTalking).Should().Be((false, false));
        net.Wire.Take(5).Should().Equal("alice INVITE", "bob 100", "bob 180", "bob 200", "alice ACK");
        net.Wire.Skip(5).SkipLast(2)
            .Should().Equal(
                ["bob UPDATE", "alice UPDATE 200", "bob UPDATE", "alice UPDATE 200"], "the session is refreshed at half its time");
        net.Wire.TakeLast(2).Should().Equal("bob BYE", "alice BYE 200");
        (alice.Endpoint.CallCount, bob.Endpoint.TransactionCount).Should().Be((0, 0));
    }

    /// <summary>The fabric, driven by the world's clock.</summary>
    private sealed class Net(World world)
    {
        private readonly MemoryFabric _fabric = new(Latency);
        private readonly Studio _studio = new(new WorldOptions().MaxSoundBytes);
        private readonly List<Phone> _phones = [];
        private ITimer? _timer;

        public List<string> Wire { get; } = [];

        public Phone Add(string name, ToneKind tone)
        {
            var phone = new Phone(this, name, $"192.0.2.{_phones.Count + 1}", new Source.Tone(new ToneName(tone), null));
            _fabric.Attach(phone.Host, 5060, (bytes, hop, now) => phone.Act(_ => phone.Endpoint.Receive(bytes, hop, now)));
            _phones.Add(phone);
            return phone;
        }

        public DateTimeOffset Now => world.Clock.GetUtcNow();

        public Track TrackOf(string name) => _phones.Single(p => p.Says.Id.ToString() == name).Says;

        public short[] Rendered(Phone phone, long frame)
        {
            var pcm = new short[Grid.FrameSampleCount * 5];
            var renderer = new Renderer(_studio.Words, _studio.Clips);
            for (var i = 0; i < 5; i++)
            {
                renderer.Render(phone.Hears, frame + i, pcm.AsSpan(i * Grid.FrameSampleCount, Grid.FrameSampleCount));
            }
            return pcm;
        }

        public void Send(Phone from, SipOutput.Send send)
        {
            Note(from, send.Bytes);
            _fabric.TrySend(from.Host, 5060, send.Hop, send.Bytes, Now).Should().BeTrue();
        }

        /// <summary>One timer rings for what falls due next, on the wire or at a phone.</summary>
        public void Wait()
        {
            var due = _phones.Select(p => p.Endpoint.NextDue).Append(_fabric.NextDue).Min();
            _timer ??= world.Clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(due is { } at ? at > Now ? at - Now : TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        private void Tick()
        {
            _fabric.Tick(Now);
            foreach (var phone in _phones) phone.Act(phone.Endpoint.Tick);
            Wait();
        }

        /// <summary><c>alice INVITE</c>, <c>bob 180</c>; what answers another request than INVITE names it.</summary>
        private void Note(Phone from, ReadOnlyMemory<byte> bytes)
        {
            var lines = Encoding.UTF8.GetString(bytes.Span).Split("\r\n");
            var first = lines[0].Split(' ');
            var method = lines.Single(l => l.StartsWith("CSeq:", StringComparison.OrdinalIgnoreCase)).Split(' ')[^1];
            Wire.Add(first[0] != "SIP/2.0"
                ? $"{from.Name} {first[0]}" : method == "INVITE" ? $"{from.Name} {first[1]}" : $"{from.Name} {method} {first[1]}");
        }
    }

    /// <summary>One phone: it rings, answers, and speaks its tone when it is told to.</summary>
    private sealed class Phone
    {
        private readonly Net _net;
        private readonly Source _tone;
        private SipCall? _call;

        public Phone(Net net, string name, string host, Source tone)
        {
            (_net, Name, Host, _tone) = (net, name, host, tone);
            (Says, Hears) = (new Track(new TrackId($"{name}.says")), new Track(new TrackId($"{name}.hears")));
            Endpoint = new SipEndpoint(new SipEndpointOptions
            {
                AddressOf = _ => new HostPort(host, 5060),
                Random = new Random(name.Length).NextBytes,
                SessionInterval = TimeSpan.FromMinutes(50),
            });
        }

        public string Name { get; }

        public string Host { get; }

        public SipEndpoint Endpoint { get; }

        public Track Says { get; }

        public Track Hears { get; }

        public bool IsTalking { get; private set; }

        public void Calls(Phone other) => Act(now => Endpoint.Call(new OutgoingCallTerms(other.Uri, new NameAddr(Uri), Description), now));

        public void Speaks() => Says.Put(new Cue(_net.Now, Lanes.Main, _tone));

        public void HangsUp() => Act(now => _call!.HangUp(now));

        public void Act(Action<DateTimeOffset> act)
        {
            act(_net.Now);
            while (Endpoint.TryTake(out var output)) Take(output, _net.Now);
            _net.Wait();
        }

        private SipUri Uri => SipUri.Of(Name, Host, 5060);

        /// <summary>The stream's label is the name of the track that it is (RFC 4574).</summary>
        private byte[] Description =>
            Encoding.ASCII.GetBytes($"v=0\r\no=- 1 1 IN IP4 {Host}\r\ns=-\r\nc=IN IP4 {Host}\r\nt=0 0\r\nm=audio 9 RTP/AVP "
                + $"0\r\na=label:{Says.Id}\r\n");

        private void Take(SipOutput output, DateTimeOffset now)
        {
            switch (output)
            {
                case SipOutput.Send send: _net.Send(this, send); break;
                case SipOutput.CallOffered offered:
                    offered.Call.Ring(180, now);
                    offered.Call.Answer(Description, now);
                    Talk(offered.Call, offered.Invite.BodyText, now);
                    break;
                case SipOutput.CallAnswered answered: Talk(answered.Call, answered.Response.BodyText, now); break;
                case SipOutput.CallEnded:
                    IsTalking = false;
                    Says.Put(new Cue(now, Lanes.Main, new Source.Silence()));
                    break;
            }
        }

        private void Talk(SipCall call, string description, DateTimeOffset now)
        {
            (_call, IsTalking) = (call, true);
            Hears.Put(new Cue(now, Lanes.Main, new Source.Of(_net.TrackOf(description.Split("a=label:")[1].Trim()))));
        }
    }
}
