using TwilioEmu.Media.Dtmf;
using TwilioEmu.Testing.Files;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Verbs;
using TwilioEmu.Voice.Verbs.Dialling;
using TwilioEmu.Voice.Verbs.Paying;
using TwilioEmu.Voice.Verbs.Queueing;
using TwilioEmu.Voice.Verbs.Schema;

namespace TwilioEmu.Voice.Tests.Verbs.Schema;

/// <summary>
/// Every attribute of every verb and noun by its row: what is right is read without a word, what is wrong raises its code, what is no
/// attribute is 12200.
/// </summary>
/// <remarks>Each row names its page in <see cref="TwimlTable"/>.</remarks>
public sealed class TwimlTableTests
{
    /// <summary>
    /// Where an element stands in a document where it stands neither at the top with its text nor in Say; <c>%</c> is its attributes.
    /// </summary>
    private static readonly Dictionary<string, string> Documents = new()
    {
        ["Response"] = "<Response %><Say>hello</Say></Response>",
        ["Gather/Say"] = "<Response><Gather><Say %>hello</Say></Gather></Response>",
        ["Play"] = "<Response><Play %>/sound.wav</Play></Response>",
        ["Play digits"] = "<Response><Play %/></Response>",
        ["Parameter"] = "<Response><Hangup><Parameter %/></Hangup></Response>",
        ["Gather"] = "<Response><Gather %/></Response>",
        ["Refer"] = "<Response><Refer %><Sip>sip:ada@example.com</Sip></Refer></Response>",
        ["Dial"] = "<Response><Dial %>+14155550188</Dial></Response>",
        ["Number"] = "<Response><Dial><Number %>+14155550188</Number></Dial></Response>",
        ["Client"] = "<Response><Dial><Client %>ada</Client></Dial></Response>",
        ["Sip"] = "<Response><Dial><Sip %>sip:ada@example.com</Sip></Dial></Response>",
        ["WhatsApp"] = "<Response><Dial><WhatsApp %>+14155550188</WhatsApp></Dial></Response>",
        ["Sim"] = "<Response><Dial><Sim %>DE00000000000000000000000000000000</Sim></Dial></Response>",
        ["Application"] = "<Response><Dial><Application %>AP00000000000000000000000000000000</Application></Dial></Response>",
        ["Queue"] = "<Response><Dial><Queue %>support</Queue></Dial></Response>",
        ["Conference"] = "<Response><Dial><Conference %>room</Conference></Dial></Response>",
        ["Start"] = "<Response><Start %><Recording/></Start></Response>",
        ["Stop"] = "<Response><Stop %><Recording/></Stop></Response>",
        ["Recording"] = "<Response><Start><Recording %/></Start></Response>",
        ["Transcription"] = "<Response><Start><Transcription %/></Start></Response>",
        ["Config"] = "<Response><Start><Transcription><Config %/></Transcription></Start></Response>",
        ["Pay"] = "<Response><Pay %><Parameter name='AVSName' value='Ada'/></Pay></Response>",
        ["Prompt"] = "<Response><Pay><Prompt %><Say>hello</Say></Prompt></Pay></Response>",
        ["break"] = "<Response><Say>one <break %/> two</Say></Response>",
    };

    /// <summary>Attributes that others make sense beside.</summary>
    private static readonly (string Place, string Attribute, string Name, string Value)[] Beside =
    [
        ("Dial", "recording*", "record", "record-from-answer"), ("Dial", "trim", "record", "record-from-answer"),
        ("Conference", "recording*", "record", "record-from-start"), ("Conference", "trim", "record", "record-from-start"),
        ("Conference", "eventCallbackUrl", "record", "record-from-start"),
        ("Conference", "waitMethod", "waitUrl", "/wait"), ("Enqueue", "waitUrlMethod", "waitUrl", "/wait"),
        ("Number", "machineDetection*", "machineDetection", "Enable"), ("Number", "amd*", "machineDetection", "Enable"),
        ("Sip", "machineDetection*", "machineDetection", "Enable"), ("Sip", "amd*", "machineDetection", "Enable"),
        ("Sip", "username", "password", "s"), ("Sip", "password", "username", "u"),
        ("Pay", "bankAccountType", "paymentMethod", "ach-debit"), ("Prompt", "*", "for", "payment-card-number"),
        ("Parameter", "*", "name", "x"),
    ];

    /// <summary>Each attribute, by the name of its element and its own.</summary>
    public static TheoryData<string, string> Rows
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var element in TwimlTable.All)
            {
                foreach (var row in element.Rows) data.Add(element.Place, row.Name);
            }
            return data;
        }
    }

    public static TheoryData<string> Places => [.. TwimlTable.All.Select(e => e.Place)];

    [Fact]
    public async Task The_page_of_attributes_is_as_the_rows_write_it() =>
        await Repository.PageShouldBeAsync("twiml.md", TwimlPage.Write());

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_attribute_is_read(string place, string name)
    {
        var row = TwimlTable.Of(place).Find(name)!;
        var (without, codes) = Read(place, row, null);
        codes.Should().BeEmpty();
        var changes = false;
        foreach (var example in row.Rule.Examples)
        {
            var (with, raised) = Read(place, row, example);
            raised.Should().BeEmpty("{0}=\"{1}\" is right", name, example);
            changes |= !AreEqual(with, without);
        }
        if (row.Rule.Examples.Any(e => e != row.Default))
        {
            changes.Should()
                .Be(!row.IsIdle, row.IsIdle ? "it is told to have no effect" : "a value that is not the usual one has an effect");
        }
        if (row.Default is not { } usual || row.IsIdle) return;
        var (said, none) = Read(place, row, usual);
        none.Should().BeEmpty("the default is right");
        AreEqual(said, without).Should().BeTrue("the default, {0}, says what is said by leaving it out", usual);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_wrong_value_raises_the_code_of_its_attribute_and_the_default_is_used(string place, string name)
    {
        var row = TwimlTable.Of(place).Find(name)!;
        var (without, _) = Read(place, row, null);
        // What Pay is not told it takes for left out.
        foreach (var wrong in row.Rule.Wrong.Where(w => place != "Pay" || w.Length > 0))
        {
            var (with, codes) = Read(place, row, wrong);
            codes.Should().Equal([row.Code], "{0}=\"{1}\" is wrong", name, wrong);
            // A prompt for nothing is none.
            if (IsWarning(row.Code) && (place, name) is not ("Prompt", "for"))
            {
                AreEqual(with, without).Should().BeTrue("{0}=\"{1}\" counts for nothing", name, wrong);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void What_is_no_attribute_of_an_element_is_warned_of_and_passed_over(string place)
    {
        var row = new AttributeRow("colour", new AttributeRule.AnyText("", ""));
        Read(place, row, "red").Codes.Should().Equal(12200);
        Read(place, row with { Name = "COLOUR" }, "red").Codes.Should().Equal(12200);
    }

    [Fact]
    public void Text_in_a_verb_that_holds_none_is_warned_of_and_passed_over()
    {
        foreach (var verb in VerbReader.Names.Where(n => !TwimlTable.Of(n).HoldsText))
        {
            var (without, none) = Read($"<Response><{verb}/></Response>");
            var (with, codes) = Read($"<Response><{verb}>hello</{verb}></Response>");
            codes.Should().Equal([12200, .. none], "of <{0}> no word is run", verb);
            with.Select(v => v.ToString()).Should().Equal(without.Select(v => v.ToString()), "<{0}> is run as if there were none", verb);
        }
    }

    private static bool IsWarning(int code) => Voice.Calls.ErrorLevels.Of(code) == Webhooks.Alerts.AlertLevel.Warning;

    private static (IReadOnlyList<Verb> Verbs, IReadOnlyList<int> Codes) Read(string place, AttributeRow row, string? value)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var (at, who, name, beside) in Beside)
        {
            if (at == place && (who == row.Name || (who.EndsWith('*') && row.Name.StartsWith(who[..^1], StringComparison.Ordinal))))
            {
                attributes[name] = beside;
            }
        }
        if (value is not null) attributes[row.Name] = value;
        else if (row.Name is not ("for" or "name")) attributes.Remove(row.Name);
        var text = string.Join(' ', attributes.Select(a => $"{a.Key}=\"{System.Security.SecurityElement.Escape(a.Value)}\""));
        // Keys stand in place of a file.
        var document = DocumentOf(
            place == "Play" && value is not null && row.Name == "digits" && DialString.IsValid(value) ? "Play digits" : place);
        return Read(document.Replace("%", text, StringComparison.Ordinal));
    }

    private static (IReadOnlyList<Verb> Verbs, IReadOnlyList<int> Codes) Read(string document)
    {
        var root = TwimlReader.Read("text/xml", System.Text.Encoding.UTF8.GetBytes(document))
            .Should().BeOfType<TwimlReading.Document>().Subject.Root;
        var (verbs, warnings) = VerbReader.Read(root);
        return (verbs, [.. warnings.Select(w => w.Code), .. verbs.SelectMany(FaultsOf)]);
    }

    private static string DocumentOf(string place) =>
        Documents.TryGetValue(place, out var document) ? document
        : !VerbReader.Names.Contains(place) ? $"<Response><Say>one <{place} %>two</{place}></Say></Response>"
        : TwimlTable.Of(place).HoldsText ? $"<Response><{place} %>hello</{place}></Response>"
        : $"<Response><{place} %/></Response>";

    /// <summary>Errors that stop a verb are raised when it is run.</summary>
    private static IEnumerable<int> FaultsOf(Verb verb) => (verb switch
    {
        BrokenVerb broken => [broken.Code],
        Enqueue enqueue => [enqueue.FaultCode],
        Pay pay => [pay.Spec.FaultCode],
        Dial { Nouns: [DialNoun.Queue queue] } => [queue.FaultCode],
        _ => Array.Empty<int>(),
    }).Where(c => c != 0);

    private static bool AreEqual(IReadOnlyList<Verb> one, IReadOnlyList<Verb> other)
    {
        using var scope = new FluentAssertions.Execution.AssertionScope();
        one.Should().BeEquivalentTo(other, o => o.RespectingRuntimeTypes().WithStrictOrdering());
        return scope.Discard().Length == 0;
    }
}
