using System.Globalization;
using Swp.Clients;
using Swp.Clinic.Callers;

namespace Swp.Samples.Backend;

/// <summary>Calls one patient after another.</summary>
internal sealed class Calls(ISwpClients clients, TextWriter output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly string[] Patients = ["张三", "李四", "王五", "赵六"];

    /// <summary>Makes the calls and prints how each ended; false when one did not end well.</summary>
    public async Task<bool> MakeAsync(ClientKey key, int count, CallOptions options, CancellationToken cancellationToken)
    {
        var client = clients.Get(key);
        var succeeded = true;
        using var timer = new PeriodicTimer(Interval);
        for (var number = 1; number <= count; number++)
        {
            var call = CreateCall(number);
            var result = await client.RequestAsync(call, options, cancellationToken);
            succeeded &= result.IsSuccess;
            await output.WriteLineAsync(Describe(call, result));
            if (number < count)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }

        return succeeded;
    }

    private static CallerCall CreateCall(int number) => new()
    {
        CallCode = string.Create(CultureInfo.InvariantCulture, $"A{number:00}"),
        PatientId = string.Create(CultureInfo.InvariantCulture, $"{10_000 + number}"),
        PatientName = Patients[(number - 1) % Patients.Length],
        DoctorId = "7",
        DoctorName = "李医生",
        WindowId = "3",
    };

    private static string Describe(CallerCall call, CallResult result)
    {
        var outcome = string.Create(CultureInfo.InvariantCulture, $"{call.CallCode}  {result.Outcome.ToWireName()}  {result.Elapsed.TotalMilliseconds:0.0} ms");
        return result.Outcome == CallOutcome.Completed
            ? $"{outcome}  code {result.Code}  {result.Data}"
            : $"{outcome}  {result.Message}";
    }
}
