using System.Reflection;

namespace Swp.Gateway.Tests.Kit;

/// <summary>What a method calls, read from what it was compiled to.</summary>
internal static class MethodBody
{
    private const byte Call = 0x28;
    private const byte CallVirtual = 0x6F;

    public static IReadOnlyList<MethodBase> CallsOf(MethodBase method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        var calls = new List<MethodBase>();
        for (var i = 0; i + sizeof(int) < code.Length; i++)
        {
            if (code[i] is Call or CallVirtual && Resolve(method.Module, BitConverter.ToInt32(code, i + 1)) is { } called)
            {
                calls.Add(called);
            }
        }

        return calls;
    }

    // Some bytes only look like a call.
    private static MethodBase? Resolve(Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token);
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }
}
