using System.Text;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Tests.Reading;

public sealed class JsonNodesTests
{
    [Theory]
    [InlineData("{", "the body is not JSON: line 1, byte 2:")]
    [InlineData("", "the body is not JSON")]
    [InlineData("{\"answers\":5}", "answers: \"5\" has no unit")]
    [InlineData("{\"answers\":\"true\"}", "answers must be true or a duration, not \"true\" (did you mean true?)")]
    [InlineData("{\"busy\":true,\"busy\":true}", "\"busy\" stands there twice")]
    [InlineData("{\"script\":[{\"presses\":1}]}", "script[0].presses must be text in quotes, not \"1\"")]
    [InlineData("{\"bussy\":true}", "unknown key \"bussy\" in the document (did you mean \"busy\"?)")]
    [InlineData("[]", "the document must be a mapping, not a list")]
    public void A_bad_body_is_a_fault_that_names_its_field(string json, string fault)
    {
        var faults = new Faults();
        var root = JsonNodes.Read(Encoding.UTF8.GetBytes(json), faults);
        if (root is not null && Fields.Of(root, "", faults) is { } fields)
        {
            HandsetReader.ReadBehaviour(fields);
            fields.End();
        }
        faults.All.Select(f => f.ToString()).Should().Contain(f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Hostile_nesting_is_a_fault_and_not_a_crash()
    {
        var faults = new Faults();
        JsonNodes.Read(Encoding.UTF8.GetBytes(new string('[', 100_000)), faults).Should().BeNull();
        faults.Count.Should().Be(1);
    }
}
