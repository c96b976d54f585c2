using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Events;

/// <summary>The last test event that a sink was sent: what its id is validated by.</summary>
/// <param name="Key">The sink's SID.</param>
/// <param name="Id"><c>test_id</c> of the event, a UUID.</param>
internal sealed record SinkTest(string Key, string Id) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<SinkTest> Form = new(
        "sink_test", static (r, m) => new SinkTest(m.Text("sink_sid", r?.Key), m.Text("test_id", r?.Id)));

    public static readonly TableKey<SinkTest> Table = new("sink_tests", Form);

    // Nothing more happens to it by itself: among the oldest it may go.
    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sink_sid", Key);
        json.WriteString("test_id", Id);
    }
}
