using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Kernel.Tests.Worlds;

/// <summary>The plainest record.</summary>
internal sealed record Note(string Key, string Text = "", bool IsSettled = true) : IRecord
{
    public static readonly RecordForm<Note> Form = new(
        "note", static (r, m) => new Note(m.Text("key", r?.Key), m.Text("text", r?.Text), m.Flag("settled", r?.IsSettled)));

    public static readonly TableKey<Note> Table = new("notes", Form);

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("key", Key);
        json.WriteString("text", Text);
    }
}
