using System.Globalization;
using System.Text;
using System.Xml;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Scenarios.Reports;

/// <summary>Tells machines how stories went, in the XML that CI services read (the Jenkins junit-10.xsd form).</summary>
public static class JUnitReport
{
    /// <summary>Writes a file, its folder included.</summary>
    public static async Task WriteAsync(string path, IReadOnlyCollection<StoryResult> results, CancellationToken cancellation)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var report = new MemoryStream();
        Write(report, results);
        await File.WriteAllBytesAsync(path, report.ToArray(), cancellation);
    }

    /// <summary>Writes one suite with a case for each story; times are the wall's.</summary>
    public static void Write(Stream to, IReadOnlyCollection<StoryResult> results)
    {
        using var xml = XmlWriter.Create(
            to, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = false });
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "twilioemu");
        xml.WriteAttributeString("tests", Number(results.Count));
        xml.WriteAttributeString("failures", Number(results.Count(r => !r.IsPassed)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", "0");
        xml.WriteAttributeString("time", Seconds(results.Aggregate(TimeSpan.Zero, (sum, r) => sum + r.WallTime)));
        foreach (var result in results) WriteCase(xml, result);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, StoryResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(Path.GetFileNameWithoutExtension(result.File)));
        xml.WriteAttributeString("name", Clean(result.Name));
        xml.WriteAttributeString("file", Clean(result.File));
        xml.WriteAttributeString("time", Seconds(result.WallTime));
        if (result.Failure is { } failure)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Clean(failure.FirstLine));
            xml.WriteAttributeString("type", "story");
            xml.WriteString(Clean(string.Join('\n', ConsoleReport.Lines(result, failure))));
            xml.WriteEndElement();
        }
        xml.WriteStartElement("system-out");
        xml.WriteString(string.Create(
            CultureInfo.InvariantCulture, $"{result.StepCount} steps, {result.WorldTime.TotalSeconds:0.###} s of world time"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>XML 1.0 has no way to write most control characters, and a text message may hold any.</summary>
    private static string Clean(string text)
    {
        if (text.All(IsAllowed)) return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append(IsAllowed(text[i]) ? text[i] : '\uFFFD');
            }
        }
        return clean.ToString();
    }

    private static bool IsAllowed(char c) => XmlConvert.IsXmlChar(c);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
