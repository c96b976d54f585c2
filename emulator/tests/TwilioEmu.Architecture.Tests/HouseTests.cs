using System.Text.RegularExpressions;
using TwilioEmu.Architecture.Tests.Rules;
using TwilioEmu.Architecture.Tests.Sources;

namespace TwilioEmu.Architecture.Tests;

/// <summary>The house as it stands.</summary>
public sealed partial class HouseTests
{
    private static readonly SourceTree House = SourceTree.OfThisHouse();

    [Fact]
    public void The_house_is_found()
    {
        House.ProjectFiles.Should().HaveCountGreaterThan(7);
        House.Code.Should().HaveCountGreaterThan(100);
    }

    [Fact]
    public void No_project_refers_to_one_it_may_not() => Arrows.InProjectFiles(House).Should().BeEmpty();

    [Fact]
    public void No_code_names_a_project_it_may_not() => Arrows.InCode(House).Should().BeEmpty();

    [Fact]
    public void No_product_imports_a_sibling_it_may_not() => Arrows.BetweenSiblings(House).Should().BeEmpty();

    [Fact]
    public void No_rooms_know_each_other_both_ways_but_those_the_map_names() => Arrows.RoomCycles(House).Should().BeEmpty();

    [Fact]
    public void Every_cycle_the_map_names_is_there() =>
        Map.Cycles.Keys.Except(Arrows.AllRoomCycles(House)).Should().BeEmpty("a cycle that was broken is struck off the map");

    [Fact]
    public void Namespaces_are_folder_paths() => Order.NamespacesThatAreNotTheFolder(House).Should().BeEmpty();

    [Fact]
    public void Folder_names_say_what_is_in_them() => Order.EmptyFolderNames(House).Should().BeEmpty();

    [Fact]
    public void Nothing_lies_loose_at_the_top_of_a_project() => Order.LooseFiles(House).Should().BeEmpty();

    [Fact]
    public void No_file_has_more_than_400_lines() => Order.LongFiles(House).Should().BeEmpty();

    [Fact]
    public void No_class_is_made_of_more_than_six_things_but_those_the_map_names() => Order.ManyArguments(House).Should().BeEmpty();

    [Fact]
    public void No_line_goes_beyond_column_140() => Order.WideLines(House).Should().BeEmpty("a line that says two things is two");

    [Fact]
    public void The_page_of_the_architecture_tells_how_large_each_project_is() =>
        Order.LinesToldWrongly(House, SourceTree.TextAtTheTop("docs/architecture.md")).Should().BeEmpty();

    [Fact]
    public void Every_test_that_the_table_of_faults_names_is_there()
    {
        var table = SourceTree.TextAtTheTop("emulator/tests/README.md");
        var named = NamedTest().Matches(table).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).ToList();
        var rows = NamedRow().Matches(table).Select(m => m.Groups[1].Value).ToList();
        named.Should().HaveCountGreaterThan(30);
        named.Where(t => !SourceTree.TestCode(t.Class + ".cs").Any(code => code.Contains($" {t.Method}(", StringComparison.Ordinal)))
            .Should().BeEmpty();
        rows.Where(r => !SourceTree.TextAtTheTop("sdk-tests/redirection/run.sh").Contains($"\"{r}\"", StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    [Fact]
    public void No_claim_of_a_test_is_skipped_where_something_is_null() =>
        SourceTree.TestCode("*.cs").SelectMany(Claims.ThatNullSkips).Should().BeEmpty("what is in brackets is asked always");

    [Fact]
    public void Every_project_says_what_it_is() => Order.ProjectsWithoutReadme(House).Should().BeEmpty();

    [Fact]
    public void Every_package_that_ships_is_in_the_notices() =>
        Shipping.PackagesWithoutNotice(House, SourceTree.TextAtTheTop("THIRD-PARTY-NOTICES")).Should().BeEmpty();

    [Fact]
    public void TwilioEmu_Host_asks_for_every_package_the_house_needs() => Shipping.PackagesTheHostDoesNotAskFor(House).Should().BeEmpty();

    [GeneratedRegex("`([A-Z]\\w+Tests)\\.(\\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex("`sdk-tests/redirection/run.sh`: (.+) \\|")]
    private static partial Regex NamedRow();
}
