using TwilioEmu.Architecture.Tests.Rules;
using TwilioEmu.Architecture.Tests.Sources;

namespace TwilioEmu.Architecture.Tests;

/// <summary>Each rule catches what it is there to catch: made-up trees with one thing wrong.</summary>
public sealed class RulesTests
{
    [Fact]
    public void A_project_that_doubled_since_the_page_was_written_is_told()
    {
        var tree = Tree(("TwilioEmu.Rest/A.cs", "\n\n\n\n"), ("TwilioEmu.Sip/B.cs", "\n"));
        const string Page = "| project | before | now |\n|---|---|---|\n| `TwilioEmu.Rest`, `TwilioEmu.Sip` | 1 | 2; 1 |\n";
        Order.LinesToldWrongly(tree, Page).Should().Equal("TwilioEmu.Rest has 4 lines, and the page says 2");
    }

    [Fact]
    public void A_reference_the_map_lacks_is_caught()
    {
        Arrows.InProjectFiles(Tree(("TwilioEmu.Kernel/TwilioEmu.Kernel.csproj", Reference("TwilioEmu.Rest"))))
            .Should().Equal("TwilioEmu.Kernel/TwilioEmu.Kernel.csproj -> TwilioEmu.Rest");
        Arrows.InProjectFiles(Tree(("TwilioEmu.Rest/TwilioEmu.Rest.csproj", Reference("TwilioEmu.Kernel")))).Should().BeEmpty();
        Arrows.InProjectFiles(Tree(("TwilioEmu.Extra/TwilioEmu.Extra.csproj", "<Project/>")))
            .Should().ContainSingle().Which.Should().Contain("does not know");
    }

    [Theory]
    [InlineData("using TwilioEmu.Products;")]
    [InlineData("using static TwilioEmu.Products.Rates;")]
    [InlineData("using Q = TwilioEmu.Products.SendQueue;")]
    [InlineData("global using TwilioEmu.Products;")]
    [InlineData("class A { object Q() => new TwilioEmu.Products.SendQueue(); }")]
    [InlineData("class A { global::TwilioEmu.Products.SendQueue? Q; }")]
    public void A_use_the_map_lacks_is_caught(string code) =>
        Arrows.InCode(Tree(("TwilioEmu.Rest/Pipeline/A.cs", code))).Should().Equal("TwilioEmu.Rest/Pipeline/A.cs -> TwilioEmu.Products");

    [Theory]
    [InlineData("using TwilioEmu.Kernel.Time;")]
    [InlineData("using TwilioEmu.Rest.Faces;")]
    [InlineData("using System.Text;")]
    [InlineData("// see TwilioEmu.Messaging")]
    [InlineData("/// <see cref=\"TwilioEmu.Messaging\"/>")]
    [InlineData("/* TwilioEmu.Products */")]
    public void What_the_map_has_and_what_is_only_said_is_let_pass(string code) =>
        Arrows.InCode(Tree(("TwilioEmu.Rest/Pipeline/A.cs", code))).Should().BeEmpty();

    [Theory]
    [InlineData("Lookup", "using TwilioEmu.Products.Usage;", "Usage")]
    [InlineData("Lookup", "class A { Usage.Ledgers.Ledger? L; }", "Usage")]
    public void A_sibling_imported_without_leave_is_caught(string room, string code, string sibling) =>
        Arrows.BetweenSiblings(Siblings(room, code)).Should().Equal($"TwilioEmu.Products/{room}/Desk/A.cs -> {sibling}");

    [Theory]
    [InlineData("Lookup", "using TwilioEmu.Products.Lookup.Findings;")]
    [InlineData("Lookup", "using TwilioEmu.Messaging.Sending;")]
    [InlineData("Lookup", "class A { int Q() => Usage.Length; }")]
    public void A_sibling_that_is_none_is_let_pass(string room, string code) =>
        Arrows.BetweenSiblings(Siblings(room, code)).Should().BeEmpty();

    [Fact]
    public void Rooms_that_know_each_other_both_ways_are_caught()
    {
        Arrows.RoomCycles(Tree(
            ("TwilioEmu.Rest/Faces/A.cs", "using TwilioEmu.Rest.Paging;"),
            ("TwilioEmu.Rest/Paging/B.cs", "using TwilioEmu.Rest.Catalog;"),
            ("TwilioEmu.Rest/Catalog/C.cs", "using TwilioEmu.Rest.Faces;"))).Should().Equal("TwilioEmu.Rest: Catalog, Faces, Paging");
        Arrows.RoomCycles(Tree(("TwilioEmu.Rest/Faces/A.cs", "using TwilioEmu.Rest.Paging;"), ("TwilioEmu.Rest/Paging/B.cs", "")))
            .Should().BeEmpty();
    }

    [Fact]
    public void A_namespace_that_is_not_the_folder_is_caught()
    {
        Order.NamespacesThatAreNotTheFolder(Tree(("TwilioEmu.Rest/Pipeline/A.cs", "namespace TwilioEmu.Rest;"))).Should().ContainSingle();
        Order.NamespacesThatAreNotTheFolder(Tree(("TwilioEmu.Rest/Pipeline/A.cs", "class A;"))).Should().ContainSingle();
        Order.NamespacesThatAreNotTheFolder(Tree(("TwilioEmu.Rest/Pipeline/A.cs", "namespace TwilioEmu.Rest.Pipeline;")))
            .Should().BeEmpty();
        Order.NamespacesThatAreNotTheFolder(Tree(("TwilioEmu/Program.cs", "return 0;"))).Should().BeEmpty();
        Order.NamespacesThatAreNotTheFolder(Tree(("TwilioEmu.Client/Phones/A.cs", "namespace TwilioEmu;"))).Should().BeEmpty();
        Order.NamespacesThatAreNotTheFolder(Tree(("TwilioEmu.Client/Phones/A.cs", "namespace TwilioEmu.Phones;"))).Should().ContainSingle();
    }

    [Fact]
    public void A_folder_name_that_says_nothing_is_caught() =>
        Order.EmptyFolderNames(Tree(("TwilioEmu.Rest/Pipeline/Helpers/A.cs", ""), ("TwilioEmu.Rest/Paging/B.cs", "")))
            .Should().Equal("TwilioEmu.Rest/Pipeline/Helpers/A.cs");

    [Fact]
    public void A_loose_file_is_caught() =>
        Order.LooseFiles(Tree(("TwilioEmu.Rest/A.cs", ""), ("TwilioEmu.Rest/README.md", ""), ("TwilioEmu.Kernel/World.cs", "")))
            .Should().Equal("TwilioEmu.Rest/A.cs");

    [Fact]
    public void A_constructor_of_too_many_things_is_caught() => Order.ManyArguments(Tree(
        ("TwilioEmu.Rest/Faces/A.cs", "sealed class A(int a, int b, int c, int d, int e, int f, int g) { }"),
        ("TwilioEmu.Rest/Faces/B.cs", "sealed class B { internal B(int a, Func<int, int> b, (int, int) c, int d, int e, int f) { } }"),
        (
            "TwilioEmu.Rest/Faces/C.cs",
            "sealed class C<T> { public C(int a, int b, int c,\n int d, T e, int f, List<int> g) { } public void M(int a, int b, int c, "
                + "int d, int e, int f, int g) { } }")))
        .Should().Equal("TwilioEmu.Rest/Faces/A.cs: A takes 7", "TwilioEmu.Rest/Faces/C.cs: C takes 7");

    [Fact]
    public void A_wide_line_is_caught() => Order.WideLines(Tree(
        ("TwilioEmu.Rest/Faces/A.cs", new string('a', Map.WideColumn) + "\n" + new string('b', Map.WideColumn + 1))))
        .Should().Equal($"TwilioEmu.Rest/Faces/A.cs:2: {Map.WideColumn + 1} columns");

    [Theory]
    [InlineData("found?.Name", true)]
    [InlineData("list.Find(a => a.B)?[0].Trim()\n    ", true)]
    [InlineData("(found?.Name)", false)]
    [InlineData("Of(found?.Name)", false)]
    [InlineData("var a = b ? c : d", false)]
    public void A_claim_that_null_skips_is_caught(string asked, bool mayBeSkipped) =>
        Claims.ThatNullSkips(asked + Claims.Asks).Should().HaveCount(mayBeSkipped ? 1 : 0);

    [Fact]
    public void A_long_file_is_caught() => Order.LongFiles(Tree(
        ("TwilioEmu.Rest/Faces/Long.cs", new string('\n', 401)), ("TwilioEmu.Rest/Faces/Enough.cs", new string('\n', 400))))
        .Should().Equal("TwilioEmu.Rest/Faces/Long.cs: 401 lines");

    [Fact]
    public void A_project_without_a_README_is_caught() =>
        Order.ProjectsWithoutReadme(Tree(("TwilioEmu.Rest/TwilioEmu.Rest.csproj", ""), ("TwilioEmu.Rest/Faces/README.md", "")))
            .Should().Equal("TwilioEmu.Rest");

    [Fact]
    public void A_package_without_notice_is_caught()
    {
        const string Project =
            """<PackageReference Include="Some.Package" /> <PackageReference Include="Build.Tool" PrivateAssets="all" />""";
        const string Page = """{ "dependencies": { "preact": "1.0.0" }, "devDependencies": { "vite": "1.0.0" } }""";
        var tree = Tree(("TwilioEmu.Rest/TwilioEmu.Rest.csproj", Project), ("TwilioEmu.Console/Ui/package.json", Page));
        Shipping.PackagesWithoutNotice(tree, "Some.Package.Else  preact-else").Should().Equal("Some.Package", "preact");
        Shipping.PackagesWithoutNotice(tree, "  Some.Package  MIT\n  preact  MIT").Should().BeEmpty();
        Shipping.PackagesTheHostDoesNotAskFor(tree).Should().Equal("Some.Package");
        Shipping.PackagesTheHostDoesNotAskFor(Tree(
            ("TwilioEmu.Rest/TwilioEmu.Rest.csproj", Project), ("TwilioEmu.Host/TwilioEmu.Host.csproj", Project))).Should().BeEmpty();
    }

    private static SourceTree Tree(params (string Path, string Text)[] files) =>
        new([.. files.Select(f => new SourceFile(f.Path, f.Text))]);

    private static SourceTree Siblings(string room, string code) => Tree(
        ($"TwilioEmu.Products/{room}/Desk/A.cs", code), ("TwilioEmu.Products/Usage/Ledgers/Ledger.cs", ""));

    private static string Reference(string project) =>
        $"<Project><ItemGroup><ProjectReference Include=\"../{project}/{project}.csproj\" /></ItemGroup></Project>";
}
