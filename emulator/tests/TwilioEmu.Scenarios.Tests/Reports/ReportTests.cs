using System.Xml.Linq;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Reports;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Scenarios.Tests.Reports;

public sealed class ReportTests
{
    private static readonly StoryResult Good = new(
        "Good & well", "a/good.yaml", 3, TimeSpan.FromSeconds(200), TimeSpan.FromMilliseconds(450), null);

    private static readonly StoryResult Bad = new(
        "Bad", "a/bad.yaml", 2, TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(50),
        new StoryFailure(
            new SourcePosition("a/bad.yaml", 7, 5), "expect {kind: x}", "wanted 1 within 5s, found 0 \u0001", ["near: #3"],
            ["#1 +0.000s a"]));

    [Fact]
    public void People_read_the_step_what_was_seen_and_the_journal()
    {
        var text = new StringWriter();
        var report = new ConsoleReport(text);
        report.Tell(Good);
        report.Tell(Bad);
        report.Close([Good, Bad]);
        text.ToString().Should()
            .Contain("passed  Good & well  (3 steps, 200 s of world time in 0.45 s)")
            .And.Contain("FAILED  Bad")
            .And.Contain("    at a/bad.yaml:7:5: expect {kind: x}")
            .And.Contain("      near: #3")
            .And.Contain("    the journal around it:")
            .And.EndWith("1 passed, 1 failed" + Environment.NewLine);
    }

    [Fact]
    public void Machines_read_one_case_per_story()
    {
        var stream = new MemoryStream();
        JUnitReport.Write(stream, [Good, Bad]);
        stream.Position = 0;
        var suite = XDocument.Load(stream).Root!.Element("testsuite")!;
        ((int)suite.Attribute("tests")!, (int)suite.Attribute("failures")!).Should().Be((2, 1));
        var cases = suite.Elements("testcase").ToList();
        ((string)cases[0].Attribute("classname")!, (string)cases[0].Attribute("name")!, (string)cases[0].Attribute("time")!)
            .Should().Be(("good", "Good & well", "0.450"));
        cases[0].Element("failure").Should().BeNull();
        cases[1].Element("failure")!.Value.Should().Contain("at a/bad.yaml:7:5").And.Contain("#1 +0.000s a");
        ((string)cases[1].Element("failure")!.Attribute("message")!).Should().Be("wanted 1 within 5s, found 0 \uFFFD");
    }
}
