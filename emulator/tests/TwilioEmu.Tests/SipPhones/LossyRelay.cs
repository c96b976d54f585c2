using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>
/// A wire between one phone and the emulator that loses one datagram in twenty and lets as many be overtaken, both ways; seeded.
/// </summary>
internal sealed class LossyRelay : IAsyncDisposable
{
    private readonly UdpClient _near = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _far = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private readonly Random _chance;
    private readonly Task _running;
    private IPEndPoint? _phone;

    public LossyRelay(int port, int seed)
    {
        _chance = new Random(seed);
        var emulator = new IPEndPoint(IPAddress.Loopback, port);
        _running = Task.WhenAll(
            CarryAsync(_near, datagram =>
            {
                _phone = datagram.RemoteEndPoint;
                return (_far, emulator);
            }),
            CarryAsync(_far, _ => (_near, _phone)));
    }

    /// <summary>Where the phone sends.</summary>
    public int Port => ((IPEndPoint)_near.Client.LocalEndPoint!).Port;

    public int LostCount { get; private set; }

    public int ReorderedCount { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _near.Dispose();
        _far.Dispose();
        _ending.Dispose();
    }

    private async Task CarryAsync(UdpClient from, Func<UdpReceiveResult, (UdpClient Way, IPEndPoint? To)> route)
    {
        byte[]? held = null;
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var datagram = await from.ReceiveAsync(_ending.Token);
                var (way, to) = route(datagram);
                if (to is null) continue;
                var (isLost, isHeld) = Draw();
                if (isLost) continue;
                if (isHeld && held is null)
                {
                    // It goes behind the next one.
                    held = datagram.Buffer;
                    continue;
                }
                await way.SendAsync(datagram.Buffer, to, _ending.Token);
                if (held is not null) await way.SendAsync(held, to, _ending.Token);
                held = null;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private (bool IsLost, bool IsHeld) Draw()
    {
        lock (_gate)
        {
            var (isLost, isHeld) = (_chance.NextDouble() < 0.05, _chance.NextDouble() < 0.05);
            if (isLost) LostCount++;
            else if (isHeld) ReorderedCount++;
            return (isLost, isHeld);
        }
    }
}
