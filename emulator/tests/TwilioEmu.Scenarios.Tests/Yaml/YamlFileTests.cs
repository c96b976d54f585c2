using System.Globalization;
using System.Text;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Scenarios.Tests.Yaml;

public sealed class YamlFileTests
{
    [Fact]
    public void Every_node_knows_its_line_and_column()
    {
        var root = Read("a: 1\nlist:\n  - x: y\n", out _);
        var list = (Node.Sequence)((Node.Mapping)root!)["list"]!;
        ((Node.Mapping)list.Items[0])["x"]!.Position.ToString().Should().Be("f.yaml:3:8");
    }

    [Fact]
    public void A_plus_in_front_of_digits_stays()
    {
        var root = (Node.Mapping)Read("number: +14155550100", out _)!;
        root["number"].Should().BeOfType<Node.Scalar>().Which.Text.Should().Be("+14155550100");
    }

    [Theory]
    [InlineData("a: 1\na: 2", "f.yaml:2:1: the key \"a\" stands there twice")]
    [InlineData("a: [1, 2", "f.yaml:2:1: not YAML")]
    [InlineData("a: !!set {x, y}", "f.yaml:1:4: tags such as")]
    [InlineData("? [a, b]\n: c", "f.yaml:1:3: a key must be a single word, not a list")]
    [InlineData("a: 1\n---\nb: 2", "f.yaml:2:1: a second document begins here")]
    [InlineData("a: *nobody", "f.yaml:1:4: not YAML: nothing was named \"&nobody\"")]
    [InlineData("a: &a [*a]", "f.yaml:1:8: not YAML: nothing was named \"&a\"")]
    [InlineData("", "f.yaml:1:1: the file is empty")]
    [InlineData("a: \"\\q\"", "f.yaml:1:5: not YAML")]
    [InlineData("a:\n\tb: 1", "f.yaml:2:1: not YAML: the line is indented with a tab: YAML takes blanks")]
    [InlineData("a:\n  b: 1\n  \tc: 2", "f.yaml:3:3: not YAML: the line is indented with a tab")]
    [InlineData("a: 1\n\u00a0\u00a0b: 2\n", "f.yaml:2:1: the line begins with U+00A0, which looks like a blank")]
    public void Bad_input_is_a_fault_with_its_place(string text, string fault)
    {
        Read(text, out var faults);
        faults.All.Should().ContainSingle().Which.ToString().Should().StartWith(fault);
    }

    [Fact]
    public void Nested_aliases_cannot_grow_without_bound()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }
        Read(bomb.ToString(), out var faults).Should().BeNull();
        faults.All.Should().ContainSingle().Which.Message.Should().Contain("aliases counted");
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Read(new string('[', 500) + new string(']', 500), out var faults).Should().BeNull();
        faults.All.Should().ContainSingle().Which.Message.Should().Contain("nested deeper than 32");
    }

    [Fact]
    public void A_file_beyond_the_bound_is_not_read()
    {
        Read(new string(' ', YamlFile.MaxLength + 1), out var faults).Should().BeNull();
        faults.All.Should().ContainSingle().Which.Message.Should().Contain("more than");
    }

    [Fact]
    public void An_alias_stands_for_what_it_names()
    {
        var root = (Node.Mapping)Read("a: &x { b: 1 }\nc: *x", out var faults)!;
        faults.Count.Should().Be(0);
        root["c"].Should().BeSameAs(root["a"]);
    }

    private static Node? Read(string text, out Faults faults) => YamlFile.Read("f.yaml", text, faults = new Faults());
}
