using System.Buffers;
using System.Text.Json;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Tests.Config;

public sealed class HandsetWriterTests
{
    [Fact]
    public void What_is_written_reads_as_the_same_behaviour()
    {
        TextPattern.TryParse("press 1", out var words, out _).Should().BeTrue();
        var behaviour = new HandsetBehaviour
        {
            PickUp = PickUp.NoAnswer,
            After = TimeSpan.FromSeconds(90),
            IsDrivenFromOutside = true,
            Name = "Ann",
            UserName = "ann.lee_7",
            HasWhatsApp = false,
            HasRcs = false,
            Script =
            [
                new ScriptStep.Answers(TimeSpan.FromSeconds(2)), new ScriptStep.Hears(words, TimeSpan.FromSeconds(9)),
                new ScriptStep.Presses("1w#"),
                new ScriptStep.Says("hello"), new ScriptStep.Plays("a.wav"), new ScriptStep.Waits(TimeSpan.FromMilliseconds(1)),
                new ScriptStep.When([new ScriptBranch(words, [new ScriptStep.Presses("1")])], TimeSpan.FromSeconds(8)),
                new ScriptStep.Repeats([new ScriptStep.Says("again")], words, 3), new ScriptStep.Holds(), new ScriptStep.Resumes(),
                new ScriptStep.Transfers("+14155550177"), new ScriptStep.HangsUp(),
            ],
            Texts = new DeliveryReport(DeliveryOutcome.Failed, 30007, TimeSpan.FromMilliseconds(1500)),
        };
        behaviour.Script.Select(s => s.Word)
            .Should().BeEquivalentTo(DeedRegistry.All.Select(d => d.Word), "each deed is written and read here");
        var json = Write(behaviour);
        var faults = new Faults();
        var fields = Fields.Of(JsonNodes.Read(json, faults)!, "", faults)!;
        var read = HandsetReader.ReadBehaviour(fields);
        fields.End();
        faults.All.Should().BeEmpty();
        Write(read).ToArray().Should().Equal(json.ToArray());
        (read.Name, read.UserName, read.HasWhatsApp, read.HasRcs).Should().Be(("Ann", "ann.lee_7", false, false));
        read.PickUp.Should().Be(PickUp.NoAnswer);
        read.Script.Select(s => s.GetType()).Should().Equal(behaviour.Script.Select(s => s.GetType()));
    }

    private static ReadOnlyMemory<byte> Write(HandsetBehaviour behaviour)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            HandsetWriter.WriteMembers(json, behaviour);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
