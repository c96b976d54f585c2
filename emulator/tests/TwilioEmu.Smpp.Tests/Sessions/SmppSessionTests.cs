using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;

namespace TwilioEmu.Smpp.Tests.Sessions;

/// <summary>Tests that read the memory of the whole process: no other runs beside them.</summary>
[CollectionDefinition(nameof(ReadsMemory), DisableParallelization = true)]
public sealed class ReadsMemory;

[Collection(nameof(ReadsMemory))]
public sealed class SmppSessionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly MessageBody Hello = new()
    {
        Source = SmppAddress.Of("+14155550199"),
        Destination = SmppAddress.Of("+14155550100"),
        ShortMessage = "Hello"u8.ToArray(),
    };

    [Theory]
    [InlineData(BindMode.Transmitter)]
    [InlineData(BindMode.Receiver)]
    [InlineData(BindMode.Transceiver)]
    public void An_ESME_binds_and_both_sides_know_it(BindMode mode)
    {
        var pair = new Pair();
        pair.Bind(mode);

        pair.Esme.IsBound.Should().BeTrue();
        pair.Smsc.Mode.Should().Be(mode);
        pair.EsmeNews.Should().ContainSingle().Which.Should().Be(new SessionOutput.Bound("SMSC"));
    }

    [Fact]
    public void A_bind_that_is_refused_may_be_tried_again_in_time()
    {
        var smsc = new Lone(SmppRole.Smsc);
        var asked = (SessionOutput.BindAsked)smsc.Give(Bind(1)).Single();
        smsc.Session.RefuseBind(asked, CommandStatus.InvPaswd);
        smsc.Sent().Single()
            .Should().Match<Pdu>(p => p.Command == CommandId.BindTransceiverResp && p.Status == CommandStatus.InvPaswd && p.Sequence == 1);
        smsc.Give(Bind(2)).Single().Should().BeOfType<SessionOutput.BindAsked>();
    }

    [Fact]
    public void An_ESME_whose_bind_is_refused_is_told_why_and_is_over()
    {
        var pair = new Pair();
        pair.Esme.Bind(BindMode.Transceiver, new BindBody("gateway", "wrong", "", 0x34, SmppAddress.None), Start);
        pair.Run();
        pair.Smsc.RefuseBind((SessionOutput.BindAsked)pair.SmscNews.Single(), CommandStatus.InvPaswd);
        pair.Run();

        pair.EsmeNews.Should().Equal(new SessionOutput.BindRefused(CommandStatus.InvPaswd), new SessionOutput.Ended(SessionEnd.Refused));
    }

    [Fact]
    public void Who_does_not_bind_in_time_is_let_go()
    {
        var smsc = new Lone(SmppRole.Smsc);
        smsc.Session.NextDue.Should().Be(Start.AddSeconds(10));
        smsc.At(9.9).Should().BeEmpty();
        smsc.At(10).Should().Equal(new SessionOutput.Ended(SessionEnd.NotBound));
        smsc.Session.NextDue.Should().BeNull();
    }

    [Theory]
    [InlineData(CommandId.SubmitSm, BindMode.None, CommandStatus.InvBndSts)]
    [InlineData(CommandId.SubmitSm, BindMode.Receiver, CommandStatus.InvBndSts)]
    [InlineData(CommandId.QuerySm, BindMode.Receiver, CommandStatus.InvBndSts)]
    [InlineData(CommandId.EnquireLink, BindMode.None, CommandStatus.InvBndSts)]
    [InlineData(CommandId.Unbind, BindMode.None, CommandStatus.InvBndSts)]
    [InlineData(CommandId.BindTransceiver, BindMode.Transceiver, CommandStatus.AlyBnd)]
    [InlineData(CommandId.BindReceiver, BindMode.Transmitter, CommandStatus.AlyBnd)]
    [InlineData(CommandId.DeliverSm, BindMode.Transceiver, CommandStatus.InvCmdId)]
    [InlineData(CommandId.Outbind, BindMode.None, CommandStatus.InvCmdId)]
    [InlineData((CommandId)0x199, BindMode.Transceiver, CommandStatus.InvCmdId)]
    public void What_may_not_come_now_is_refused_and_the_session_goes_on(CommandId command, BindMode mode, CommandStatus status)
    {
        var smsc = new Lone(SmppRole.Smsc, mode);
        PduBody body = command.IsBind() ? new BindBody("a", "b", "", 0x34, SmppAddress.None)
            : command == CommandId.QuerySm ? new QueryBody("1", SmppAddress.None)
            : command == CommandId.Outbind ? new OutbindBody("a", "b")
            : command is CommandId.SubmitSm or CommandId.DeliverSm ? Hello : PduBody.Empty;
        smsc.Give(new Pdu(command, CommandStatus.Ok, 77, body)).Should().BeEmpty();

        var answer = smsc.Sent().Single();
        (answer.Status, answer.Sequence).Should().Be((status, 77u));
        answer.Command.Should().Be(status == CommandStatus.InvCmdId ? CommandId.GenericNack : command.Response());
        smsc.Session.IsOver.Should().BeFalse();
        smsc.Session.Mode.Should().Be(mode);
    }

    [Fact]
    public void A_text_that_is_malformed_is_refused_by_its_own_response()
    {
        var smsc = new Lone(SmppRole.Smsc, BindMode.Transceiver);
        var octets = PduCodec.Write(new Pdu(CommandId.SubmitSm, CommandStatus.Ok, 5, Hello with { ShortMessage = new byte[255] }));
        smsc.Session.Receive(octets, Start);
        smsc.Sent().Single()
            .Should().Match<Pdu>(p => p.Command == CommandId.SubmitSmResp && p.Status == CommandStatus.InvMsgLen && p.Sequence == 5);
    }

    [Fact]
    public void A_silent_peer_is_asked_whether_it_is_there_and_given_up_when_it_is_not()
    {
        var smsc = new Lone(SmppRole.Smsc, BindMode.Transceiver);
        smsc.At(29).Should().BeEmpty();
        smsc.Sent().Should().BeEmpty();
        smsc.At(30).Should().BeEmpty();
        var enquiry = smsc.Sent().Single();
        enquiry.Command.Should().Be(CommandId.EnquireLink);
        smsc.Session.NextDue.Should().Be(Start.AddSeconds(40));
        smsc.Session.Receive(
            PduCodec.Write(Pdu.Response(CommandId.EnquireLink, enquiry.Sequence, CommandStatus.Ok, PduBody.Empty)), Start.AddSeconds(35));
        smsc.Session.NextDue.Should().Be(Start.AddSeconds(65));
        smsc.At(65).Should().BeEmpty();
        smsc.At(75).Should().Equal(new SessionOutput.Ended(SessionEnd.NoAnswer));
    }

    [Fact]
    public void A_peer_that_asks_whether_we_are_there_is_answered()
    {
        var smsc = new Lone(SmppRole.Smsc, BindMode.Receiver);
        smsc.Give(Pdu.Request(CommandId.EnquireLink, 9, PduBody.Empty)).Should().BeEmpty();
        smsc.Sent().Single()
            .Should().Match<Pdu>(p => p.Command == CommandId.EnquireLinkResp && p.Sequence == 9 && p.Status == CommandStatus.Ok);
    }

    [Fact]
    public void A_session_without_traffic_is_unbound_though_the_link_is_alive()
    {
        var smsc = new Lone(SmppRole.Smsc, BindMode.Transceiver, new SessionTerms { Inactivity = TimeSpan.FromMinutes(1) });
        smsc.Give(Pdu.Request(CommandId.EnquireLink, 1, PduBody.Empty), 55);
        smsc.Sent();
        smsc.At(60).Should().BeEmpty();
        var unbind = smsc.Sent().Single();
        unbind.Command.Should().Be(CommandId.Unbind);
        smsc.Give(Pdu.Response(CommandId.Unbind, unbind.Sequence, CommandStatus.Ok, PduBody.Empty), 61)
            .Should().Equal(new SessionOutput.Ended(SessionEnd.Inactive));
    }

    [Fact]
    public void Requests_beyond_the_window_wait_for_answers_in_order()
    {
        var smsc = new Lone(SmppRole.Smsc, BindMode.Receiver, new SessionTerms { Window = 3 });
        for (var i = 0; i < 5; i++) smsc.Session.Ask(CommandId.DeliverSm, Hello, [], i, Start);
        var sent = smsc.Sent();
        sent.Should().HaveCount(3);
        smsc.Session.PendingCount.Should().Be(5);
        smsc.Give(Pdu.Response(CommandId.DeliverSm, sent[1].Sequence, CommandStatus.Ok, new MessageIdBody(""))).Single()
            .Should().Match<SessionOutput>(o => ((SessionOutput.Answered)o).Tag.Equals(1));
        smsc.Sent().Should().HaveCount(1);
        smsc.Give(Pdu.Response(CommandId.DeliverSm, sent[1].Sequence, CommandStatus.Ok, new MessageIdBody("")))
            .Should().BeEmpty("it was answered already");
        smsc.Give(Pdu.Response(CommandId.SubmitSm, sent[0].Sequence, CommandStatus.Ok, new MessageIdBody("")))
            .Should().BeEmpty("it answers something else");
        smsc.Give(new Pdu(CommandId.GenericNack, CommandStatus.InvCmdId, sent[0].Sequence, PduBody.Empty)).Single()
            .Should().Match<SessionOutput>(o => ((SessionOutput.Answered)o).Response!.Status == CommandStatus.InvCmdId);
    }

    [Fact]
    public void A_request_that_is_not_answered_in_time_is_told_and_makes_room()
    {
        var smsc = new Lone(SmppRole.Smsc, BindMode.Receiver, new SessionTerms { Window = 1, EnquireLink = null });
        smsc.Session.Ask(CommandId.DeliverSm, Hello, [], "first", Start);
        smsc.Session.Ask(CommandId.DeliverSm, Hello, [], "second", Start);
        smsc.Sent().Should().HaveCount(1);
        smsc.At(10).Should().Equal(new SessionOutput.Answered("first", null));
        smsc.Sent().Should().HaveCount(1);
        smsc.Session.Break();
        smsc.News().Should().Equal(new SessionOutput.Answered("second", null), new SessionOutput.Ended(SessionEnd.Broken));
    }

    [Fact]
    public void Texts_faster_than_agreed_are_throttled_and_the_rest_are_taken()
    {
        var smsc = new Lone(SmppRole.Smsc, BindMode.Transmitter, new SessionTerms { PeerRate = new Throttle(5) });
        for (uint i = 1; i <= 8; i++) smsc.Give(Pdu.Request(CommandId.SubmitSm, i, Hello));
        smsc.Sent().Should().HaveCount(3).And.OnlyContain(p => p.Status == CommandStatus.Throttled);
        smsc.Give(Pdu.Request(CommandId.SubmitSm, 9, Hello), 0.2).Single().Should().BeOfType<SessionOutput.Asked>();
        smsc.Give(Pdu.Request(CommandId.SubmitSm, 10, Hello), 0.2).Single().Should().BeOfType<SessionOutput.Throttled>();
        smsc.Give(Pdu.Request(CommandId.QuerySm, 11, new QueryBody("1", SmppAddress.None)), 0.2).Single()
            .Should().BeOfType<SessionOutput.Asked>("only texts are throttled");
    }

    [Fact]
    public void More_unanswered_texts_than_the_window_are_throttled()
    {
        var smsc = new Lone(SmppRole.Smsc, BindMode.Transmitter, new SessionTerms { PeerWindow = 2 });
        var first = ((SessionOutput.Asked)smsc.Give(Pdu.Request(CommandId.SubmitSm, 1, Hello)).Single()).Request;
        smsc.Give(Pdu.Request(CommandId.SubmitSm, 2, Hello));
        smsc.Give(Pdu.Request(CommandId.SubmitSm, 3, Hello)).Single().Should().BeOfType<SessionOutput.Throttled>();
        smsc.Session.Reply(first, CommandStatus.Ok, new MessageIdBody("1"));
        smsc.Give(Pdu.Request(CommandId.SubmitSm, 4, Hello)).Single().Should().BeOfType<SessionOutput.Asked>();
    }

    [Fact]
    public void Unbinding_is_answered_and_ends_both_sides()
    {
        var pair = new Pair();
        pair.Bind(BindMode.Transceiver);
        pair.Esme.Ask(CommandId.SubmitSm, Hello, [], "lost", Start);
        pair.Esme.Unbind(Start);
        pair.Run();

        pair.SmscNews.Should().Contain(new SessionOutput.Ended(SessionEnd.PeerUnbound));
        pair.EsmeNews.Should().ContainInOrder(new SessionOutput.Answered("lost", null), new SessionOutput.Ended(SessionEnd.WeUnbound));
        pair.Esme.Ask(CommandId.SubmitSm, Hello, [], "late", Start);
        pair.Run();
        pair.EsmeNews[^1].Should().Be(new SessionOutput.Answered("late", null));
    }

    [Fact]
    public void A_stream_that_is_lost_is_told_and_closed()
    {
        var smsc = new Lone(SmppRole.Smsc, BindMode.Transceiver);
        smsc.Session.Lose(12);
        smsc.Sent().Single()
            .Should().Match<Pdu>(p => p.Command == CommandId.GenericNack && p.Status == CommandStatus.InvCmdLen && p.Sequence == 12);
        smsc.Session.IsOver.Should().BeTrue();
    }

    [Fact]
    public void A_hundred_thousand_malformed_PDUs_leave_the_session_and_its_memory_as_they_were()
    {
        var chance = new Random(1);
        var smsc = new Lone(SmppRole.Smsc, BindMode.Transceiver, new SessionTerms { EnquireLink = null });
        var seeds = Pdus.PduCodecTests.Everything.Select(
            row =>
                PduCodec.Write(new Pdu(
                    row.Data.Item1, CommandStatus.Ok, 5, row.Data.Item2)
                { Tlvs = [Tlv.Of(TlvTag.SarMsgRefNum, (ushort)1)] })).ToList();
        // As many as are measured, so that what others of the run leave behind has settled.
        Feed(100_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Feed(100_000);

        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(1_000_000);
        smsc.Session.IsBound.Should().BeTrue();
        smsc.Session.PendingCount.Should().Be(0);
        smsc.Give(Pdu.Request(CommandId.SubmitSm, 1, Hello)).Single().Should().BeOfType<SessionOutput.Asked>();

        void Feed(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var octets = seeds[chance.Next(seeds.Count)].ToArray();
                for (var flips = chance.Next(1, 6); flips > 0; flips--) octets[chance.Next(4, octets.Length)] = (byte)chance.Next(256);
                if (chance.Next(3) == 0) octets = octets[..chance.Next(octets.Length)];
                // What is well-formed after all, and would end the session by right, is left out.
                if (octets.Length >= 8 && octets[7] == 0x06) octets[7] = 0x04;
                smsc.Session.Receive(octets, Start);
                foreach (var news in smsc.News())
                {
                    if (news is SessionOutput.Asked asked) smsc.Session.Reply(asked.Request, CommandStatus.SysErr, PduBody.Empty);
                }
                smsc.Sent();
            }
        }
    }

    private static Pdu Bind(uint sequence) =>
        Pdu.Request(CommandId.BindTransceiver, sequence, new BindBody("gateway", "secret08", "", 0x34, SmppAddress.None));

    /// <summary>One session, its peer played by the test.</summary>
    private sealed class Lone
    {
        private readonly List<SessionOutput> _news = [];
        private readonly List<Pdu> _sent = [];

        public Lone(SmppRole role, BindMode mode = BindMode.None, SessionTerms? terms = null)
        {
            Session = new SmppSession(role, terms ?? new SessionTerms(), Start);
            if (mode == BindMode.None) return;
            Session.Receive(
                PduCodec.Write(Pdu.Request(mode.Command(), 1, new BindBody("gateway", "secret08", "", 0x34, SmppAddress.None))), Start);
            Session.AcceptBind((SessionOutput.BindAsked)News().Single(), "SMSC", terms ?? new SessionTerms(), Start);
            Sent().Single().Tlvs.Find(TlvTag.ScInterfaceVersion)!.Value.Number.Should().Be(0x34);
        }

        public SmppSession Session { get; }

        public IReadOnlyList<SessionOutput> Give(Pdu pdu, double seconds = 0)
        {
            Session.Receive(PduCodec.Write(pdu), Start.AddSeconds(seconds));
            return News();
        }

        public IReadOnlyList<SessionOutput> At(double seconds)
        {
            Session.Tick(Start.AddSeconds(seconds));
            return News();
        }

        public IReadOnlyList<SessionOutput> News()
        {
            Take();
            var news = _news.ToList();
            _news.Clear();
            return news;
        }

        public IReadOnlyList<Pdu> Sent()
        {
            Take();
            var sent = _sent.ToList();
            _sent.Clear();
            return sent;
        }

        private void Take()
        {
            while (Session.TryTake(out var output))
            {
                if (output is not SessionOutput.Send send) _news.Add(output);
                else
                {
                    PduCodec.Read(send.Octets, out var pdu).Should().BeNull();
                    _sent.Add(pdu!);
                }
            }
        }
    }

    /// <summary>Two sessions joined.</summary>
    private sealed class Pair
    {
        public SmppSession Esme { get; } = new(SmppRole.Esme, new SessionTerms(), Start);

        public SmppSession Smsc { get; } = new(SmppRole.Smsc, new SessionTerms(), Start);

        public List<SessionOutput> EsmeNews { get; } = [];

        public List<SessionOutput> SmscNews { get; } = [];

        public void Bind(BindMode mode)
        {
            Esme.Bind(mode, new BindBody("gateway", "secret08", "", 0x34, SmppAddress.None), Start);
            Run();
            Smsc.AcceptBind((SessionOutput.BindAsked)SmscNews.Single(), "SMSC", new SessionTerms(), Start);
            Run();
        }

        public void Run()
        {
            for (var isBusy = true; isBusy;) isBusy = Carry(Esme, Smsc, EsmeNews) | Carry(Smsc, Esme, SmscNews);
        }

        private static bool Carry(SmppSession from, SmppSession to, List<SessionOutput> news)
        {
            var isBusy = false;
            while (from.TryTake(out var output))
            {
                isBusy = true;
                if (output is SessionOutput.Send send) to.Receive(send.Octets, Start);
                else news.Add(output);
            }
            return isBusy;
        }
    }
}
