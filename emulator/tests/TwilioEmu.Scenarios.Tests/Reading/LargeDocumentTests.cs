using System.Text;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Tests.Reading;

/// <summary>
/// Documents with very many members cost what they weigh, not the square of it; and what is kept of their faults is bounded.
/// </summary>
public sealed class LargeDocumentTests
{
    private const int Many = 40_000;

    [Fact]
    public void Unknown_keys_by_the_thousand_are_a_hundred_faults()
    {
        var faults = new Faults();
        var fields = Fields.Of(JsonNodes.Read(Document(), faults)!, "", faults)!;
        fields.Text("key17").Should().Be("17");
        fields.End();
        faults.Count.Should().Be(Faults.MaxCount);
    }

    [Fact]
    public void A_key_is_found_among_many_and_the_first_of_two_counts()
    {
        var faults = new Faults();
        var root = (Node.Mapping)JsonNodes.Read(
            Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"a{i % 29}\":\"{i}\"")) + "}"), faults)!;
        root["a28"].Should().BeOfType<Node.Scalar>().Which.Text.Should().Be("28");
        root["a0"].Should().BeOfType<Node.Scalar>().Which.Text.Should().Be("0");
        root["a29"].Should().BeNull();
        faults.All.Should().ContainSingle().Which.Message.Should().Contain("stands there twice");
    }

    [Fact]
    public void A_claim_asks_for_a_thousand_members_at_most()
    {
        var faults = new Faults();
        MatchReader.ReadMembers(Fields.Of(JsonNodes.Read(Document(), faults)!, "data", faults)!);
        faults.All.Should().ContainSingle().Which.Message.Should().Contain("1000 members at most");
    }

    private static ReadOnlyMemory<byte> Document() =>
        Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, Many).Select(i => $"\"key{i}\":\"{i}\"")) + "}");
}
