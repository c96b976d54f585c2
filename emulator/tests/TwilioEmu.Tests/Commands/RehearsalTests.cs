using TwilioEmu.Commands;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Tests.Commands;

/// <summary>What <c>serve</c> would stumble over, <c>check</c> tells, with its place.</summary>
public sealed class RehearsalTests
{
    private const string Key = "SK00000000000000000000000000000001";

    [Theory]
    [InlineData(
        "accounts:\n  - { api_keys: [{ sid: " + Key + " }, { sid: " + Key + " }] }",
        "f.yaml:2:5: accounts[0]: key " + Key + " exists already")]
    [InlineData(
        "accounts:\n  - { friendly_name: A }\n  - { friendly_name: B, parent: A }\n  - { friendly_name: C, parent: B }",
        "f.yaml:4:5: accounts[2]: ")]
    public async Task What_cannot_begin_is_a_fault_with_its_place(string yaml, string fault)
    {
        (await RehearseAsync(yaml)).All.Should().ContainSingle().Which.ToString().Should().StartWith(fault);
    }

    [Fact]
    public async Task A_config_that_serves_is_sound()
    {
        (await RehearseAsync("accounts: [{ friendly_name: A }]\nnumbers: [{ number: \"+14155550100\" }]")).All.Should().BeEmpty();
    }

    private static async Task<Faults> RehearseAsync(string yaml)
    {
        var faults = new Faults();
        var root = YamlFile.Read("f.yaml", yaml, faults)!;
        var config = ConfigReader.Read(root, faults);
        faults.All.Should().BeEmpty();
        await Rehearsal.RunAsync(config, root, faults);
        return faults;
    }
}
