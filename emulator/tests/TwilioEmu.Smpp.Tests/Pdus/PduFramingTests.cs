using FsCheck;
using FsCheck.Fluent;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Tests.Pdus;

public sealed class PduFramingTests
{
    [Fact]
    public void A_stream_is_cut_into_the_same_PDUs_however_it_is_cut_into_pieces()
    {
        var pdus = Enumerable.Range(1, 20).Select(
            i => PduCodec.Write(
                new Pdu(CommandId.SubmitSm, CommandStatus.Ok, (uint)i, new MessageBody { ShortMessage = new byte[i * 10] }))).ToList();
        var stream = pdus.SelectMany(p => p).ToArray();
        Prop.ForAll<int[]>(cuts =>
        {
            var framing = new PduFraming();
            var found = new List<ReadOnlyMemory<byte>>();
            var at = 0;
            foreach (var cut in cuts.Select(c => Math.Abs(c % 300) + 1).Append(stream.Length))
            {
                var count = Math.Min(cut, stream.Length - at);
                found.AddRange(framing.Add(stream.AsSpan(at, count)));
                at += count;
            }
            return found.Select(f => f.ToArray()).SequenceEqual(pdus, new Same()) && framing.HeldCount == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("0000000F" + "00000015" + "00000000" + "00000009", 9)]
    [InlineData("7FFFFFFF" + "00000015" + "00000000" + "00000008", 8)]
    [InlineData("00000000", 0)]
    public void A_length_that_cannot_be_loses_the_stream(string hex, uint sequence)
    {
        var framing = new PduFraming();
        var good = PduCodec.Write(new Pdu(CommandId.EnquireLink, CommandStatus.Ok, 1, PduBody.Empty));

        framing.Add([.. good, .. Convert.FromHexString(hex)]).Should().HaveCount(1);
        framing.IsLost.Should().BeTrue();
        framing.LostSequence.Should().Be(sequence);
        framing.Add(good).Should().BeEmpty();
    }

    [Fact]
    public void A_PDU_that_comes_octet_by_octet_costs_no_more_than_its_octets()
    {
        var large = PduCodec.Write(new Pdu(CommandId.DataSm, CommandStatus.Ok, 1, new DataBody())
        {
            Tlvs = [new Tlv(TlvTag.MessagePayload, new byte[60_000])],
        });
        var framing = new PduFraming();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = new List<ReadOnlyMemory<byte>>();
        for (var i = 0; i < large.Length; i++) found.AddRange(framing.Add(large.AsSpan(i, 1)));

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000, "quadratic growth would be 1.8 GB");
        found.Should().ContainSingle().Which.ToArray().Should().Equal(large);
    }

    private sealed class Same : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x!.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
