using TwilioEmu.Media.Rtp;
using TwilioEmu.Media.Rtp.Packets;

namespace TwilioEmu.Media.Tests.Rtp;

public sealed class KeysTests
{
    [Fact]
    public void A_key_is_reported_while_held_and_its_end_three_times()
    {
        var sent = Send("5", 100);
        sent.Select(s => s.Report.Duration).Should().Equal(160, 320, 480, 640, 800, 800, 800);
        sent.Select(s => s.Report.IsEnd).Should().Equal(false, false, false, false, true, true, true);
        sent.Select(s => s.Marker).Should().Equal(true, false, false, false, false, false, false);
        sent.Should().OnlyContain(s => s.Timestamp == 1000);
    }

    [Fact]
    public void Each_key_is_told_once()
    {
        var receiver = new KeyReceiver();
        Receive(receiver, Send("1123*#", 60)).Should().Be("1123*#");
    }

    [Fact]
    public void A_key_is_known_from_its_end_alone() => Receive(new KeyReceiver(), Send("7", 100).TakeLast(1)).Should().Be("7");

    [Fact]
    public void What_comes_late_of_a_former_key_is_not_told_again()
    {
        var sent = Send("12", 60).ToList();
        Receive(new KeyReceiver(), [.. sent.Take(3), .. sent.Skip(5), .. sent.Skip(3).Take(2)]).Should().Be("12");
    }

    [Fact]
    public void Timestamps_may_start_over()
    {
        var receiver = new KeyReceiver();
        Receive(receiver, Send("1", 60, 0xFFFFFF00)).Should().Be("1");
        Receive(receiver, Send("2", 60, 0x00000100)).Should().Be("2");
    }

    [Fact]
    public void Flash_and_other_events_are_no_keys() => new KeyReceiver().Receive(1, [16, 0x8A, 0, 100]).Should().BeNull();

    private static string Receive(KeyReceiver receiver, IEnumerable<(uint Timestamp, TelephoneEvent Report, bool Marker)> sent)
    {
        var keys = "";
        var payload = new byte[4];
        foreach (var (timestamp, report, _) in sent)
        {
            report.Write(payload);
            keys += receiver.Receive(timestamp, payload);
        }
        return keys;
    }

    private static List<(uint Timestamp, TelephoneEvent Report, bool Marker)> Send(string keys, int milliseconds, uint now = 1000)
    {
        var sender = new KeySender();
        foreach (var key in keys) sender.Press(key, TimeSpan.FromMilliseconds(milliseconds));
        var sent = new List<(uint, TelephoneEvent, bool)>();
        var payload = new byte[4];
        for (; sender.TryNext(now, payload, out var timestamp, out var marker); now += 160)
        {
            TelephoneEvent.TryRead(payload, out var report).Should().BeTrue();
            sent.Add((timestamp, report, marker));
        }
        return sent;
    }
}
